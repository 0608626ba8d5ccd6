import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisplayCommand, DisplayState } from '../../ports/display.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import { describeConformance } from '../testing/conformance.ts';
import { describeStream } from '../testing/stream-conformance.ts';
import { createLgDecoder, decodeAnswer, encode, encodeCommand, type LgFacts } from './codec.ts';
import { createLgDisplay } from './driver.ts';
import { createLgSimulator, type LgSimulator } from './simulator.ts';

const facts: LgFacts = {
  ...{ setId: 1, inputs: { hdmi1: 0x90, hdmi2: 0x91, displayPort1: 0xc0 }, powerSettlesMs: 6_000 },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};

describe('LG’s language as text', () => {
  it.each<[DisplayCommand, string]>([
    [{ kind: 'setPower', isOn: true }, 'ka 01 01\r'],
    [{ kind: 'setInput', input: 'displayPort1' }, 'xb 01 C0\r'],
    [{ kind: 'setVolume', volume: 0.3 }, 'kf 01 1E\r'],
    // 00 is silent.
    [{ kind: 'setMuted', isMuted: true }, 'ke 01 00\r'],
    [{ kind: 'setBlank', isBlank: true }, 'kd 01 01\r'],
  ])('%j', (command, expected) => {
    const said = encodeCommand(command, facts);
    expect(Buffer.from(encode(said.command, facts, said.value)).toString()).toBe(expected);
  });

  it.each<[string, object[]]>([
    ['a 01 OK01x', [{ letter: 'a', setId: 1, isOk: true, value: '01' }]],
    ['b 0a NG90x', [{ letter: 'b', setId: 10, isOk: false, value: '90' }]],
    ['\r\nnoise a 01 OK01x', [{ letter: 'a', setId: 1, isOk: true, value: '01' }]],
    ['a 01 OK01', []],
    ['ok x', []],
  ])('%j', (text, expected) => {
    expect(createLgDecoder().push(toBytes(text))).toEqual(expected);
  });

  it('takes no value that there is not', () => {
    expect(decodeAnswer('power', '02', facts)).toBeNull();
    expect(decodeAnswer('volume', '65', facts)).toBeNull();
    expect(decodeAnswer('input', 'zz', facts)).toBeNull();
    expect(decodeAnswer('input', 'A0', facts)).toEqual({ of: 'input', input: 'code A0' });
    expect(decodeAnswer('muted', '00', facts)).toEqual({ of: 'muted', isMuted: true });
  });
});

describeStream({
  name: 'LG',
  createDecoder: createLgDecoder,
  frames: fc
    .tuple(fc.constantFrom('a', 'b', 'e', 'f'), fc.constantFrom('OK', 'NG'), fc.nat(0xff))
    .map(([letter, mark, value]) => toBytes(`${letter} 01 ${mark}${value.toString(16).padStart(2, '0')}x`)),
  noise: fc.uint8Array({ maxLength: 12 }).map((all) => all.filter((byte) => byte !== 0x78)),
});

for (const mode of ['strict', 'lenient'] as const) {
  describeConformance<DisplayCommand, DisplayState, LgSimulator>({
    name: `an LG display that is ${mode}`,
    line: mode === 'strict' ? 'serial' : 'connection',
    createSimulator: ({ clock }) => createLgSimulator({ facts, mode, warmUpMs: 3_000, clock }),
    createDriver: ({ line, clock, log }) => createLgDisplay({ line, facts, clock, log }),
    greeted: {
      ...{ identity: { value: 'LG 909MXAB1C234', source: 'answer' }, power: { value: 'on' } },
      ...{ input: { value: 'hdmi1' }, volume: { value: 0.2 }, isMuted: { value: false }, isBlank: { value: false } },
    },
    works: [
      {
        ...{ command: { kind: 'setPower', isOn: false }, state: { power: { value: 'standby', source: 'answer' } } },
        ...{ truth: (sim) => sim.truth.power(), is: 'coolingDown' },
      },
      { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'on' } } },
      {
        ...{ command: { kind: 'setInput', input: 'hdmi2' }, state: { input: { value: 'hdmi2' } } },
        ...{ truth: (sim) => sim.truth.input, is: 0x91 },
      },
      { command: { kind: 'setVolume', volume: 0.45 }, state: { volume: { value: 0.45 } } },
      {
        ...{ command: { kind: 'setMuted', isMuted: true }, state: { isMuted: { value: true } } },
        ...{ truth: (sim) => sim.truth.isMuted, is: true },
      },
      { command: { kind: 'setBlank', isBlank: true }, state: { isBlank: { value: true } } },
    ],
    refusals: [
      {
        says: 'says that it is not the time: NG',
        ...{ arrange: (sim) => sim.setBusy(true), command: { kind: 'setMuted', isMuted: true }, fault: 'not_now' },
      },
      {
        says: mode === 'strict' ? 'answers NG in standby' : 'answers nothing in standby',
        arrange: (sim) => sim.truth.losePower(),
        command: { kind: 'setInput', input: 'hdmi2' },
        fault: mode === 'strict' ? 'not_now' : 'no_answer',
      },
      {
        says: 'refuses an input that the model does not have',
        ...{ arrange: () => undefined, command: { kind: 'setInput', input: 'vga1' }, fault: 'refused' },
      },
    ],
    byHand: {
      isTold: false,
      change(sim) {
        sim.truth.volume = 77;
      },
      state: { volume: { value: 0.77, source: 'answer' } },
    },
    lie: { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'standby' } } },
    noise: toBytes('\r\n!!'),
    harmless: { kind: 'setPower', isOn: true },
    ...{ controllers: 'many', patienceMs: 8_000, depth: 32 },
  });
}
