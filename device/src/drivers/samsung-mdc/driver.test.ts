import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisplayCommand, DisplayState } from '../../ports/display.ts';
import { describeConformance } from '../testing/conformance.ts';
import { describeStream } from '../testing/stream-conformance.ts';
import { createMdcDecoder, decodeAnswer, encode, encodeCommand, encodeReply, type SamsungMdcFacts } from './codec.ts';
import { createSamsungDisplay } from './driver.ts';
import { createSamsungSimulator, type SamsungSimulator } from './simulator.ts';

const facts: SamsungMdcFacts = {
  ...{ displayId: 1, inputs: { hdmi1: 0x21, hdmi2: 0x23, displayPort1: 0x25 } },
  ...{ hasSound: true, hasPanelOff: true, powerSettlesMs: 6_000 },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').replace(/../g, '$& ').trim();
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('MDC as bytes', () => {
  it.each<[DisplayCommand, string]>([
    [{ kind: 'setPower', isOn: true }, 'aa 11 01 01 01 14'],
    [{ kind: 'setPower', isOn: false }, 'aa 11 01 01 00 13'],
    [{ kind: 'setInput', input: 'hdmi1' }, 'aa 14 01 01 21 37'],
    [{ kind: 'setInput', input: 'displayPort1' }, 'aa 14 01 01 25 3b'],
    [{ kind: 'setVolume', volume: 0.3 }, 'aa 12 01 01 1e 32'],
    [{ kind: 'setMuted', isMuted: true }, 'aa 13 01 01 01 16'],
    [{ kind: 'setBlank', isBlank: true }, 'aa f9 01 01 01 fc'],
  ])('%j', (command, expected) => {
    const { code, values } = encodeCommand(command, facts);
    expect(hex(encode(code, facts.displayId, values))).toBe(expected);
  });

  it.each<[string, object]>([
    ['aa ff 01 03 41 11 01 56', { is: 'ack', id: 1, command: 0x11, values: Uint8Array.of(1) }],
    ['aa ff 01 03 41 14 21 79', { is: 'ack', id: 1, command: 0x14, values: Uint8Array.of(0x21) }],
    ['aa ff 01 03 4e 0b 01 5d', { is: 'nak', id: 1, command: 0x0b, code: 1 }],
    ['4d 44 43 53 54 41 52 54 3c 3c 54 4c 53 3e 3e', { is: 'secureOnly' }],
  ])('%s', (text, expected) => {
    expect(createMdcDecoder().push(bytes(text))).toEqual([expected]);
  });

  it('takes a computer’s HDMI for the input that it is', () => {
    expect(decodeAnswer('input', Uint8Array.of(0x22), facts)).toEqual({ of: 'input', input: 'hdmi1' });
    expect(decodeAnswer('input', Uint8Array.of(0x60), facts)).toEqual({ of: 'input', input: 'code 60' });
  });

  it('names the parts that are broken, and takes no value that there is not', () => {
    expect(decodeAnswer('ailments', Uint8Array.of(1, 0, 0, 0, 38, 1), facts)).toEqual({
      of: 'ailments',
      ailments: [
        { part: 'lamp', isFatal: true },
        { part: 'fan', isFatal: true },
      ],
    });
    // FF: the model has no sound.
    expect(decodeAnswer('volume', Uint8Array.of(0xff), facts)).toBeNull();
    expect(decodeAnswer('muted', Uint8Array.of(0xff), facts)).toBeNull();
    expect(decodeAnswer('power', Uint8Array.of(), facts)).toBeNull();
  });
});

const reply = fc
  .tuple(fc.constantFrom('A' as const, 'N' as const), fc.nat(0xff), fc.uint8Array({ minLength: 1, maxLength: 9 }))
  .map(([mark, command, values]) => encodeReply(1, mark, command, [...values]));
describeStream({
  name: 'MDC',
  createDecoder: createMdcDecoder,
  frames: reply,
  noise: fc.uint8Array({ maxLength: 12 }).map((all) => all.filter((byte) => byte !== 0xaa && byte !== 0x4d)),
});

for (const mode of ['strict', 'lenient'] as const) {
  describeConformance<DisplayCommand, DisplayState, SamsungSimulator>({
    name: `a Samsung display that is ${mode}`,
    line: mode === 'strict' ? 'serial' : 'connection',
    createSimulator: ({ clock }) => createSamsungSimulator({ facts, mode, warmUpMs: 3_000, clock }),
    createDriver: ({ line, clock, log }) => createSamsungDisplay({ line, facts, clock, log }),
    greeted: {
      ...{ identity: { value: 'Samsung QB55C', source: 'answer' }, power: { value: 'on' }, input: { value: 'hdmi1' } },
      ...{ volume: { value: 0.2 }, isMuted: { value: false }, isBlank: { value: false }, ailments: { value: [] } },
    },
    works: [
      {
        ...{ command: { kind: 'setPower', isOn: false }, state: { power: { value: 'standby', source: 'answer' } } },
        ...{ truth: (sim) => sim.truth.power(), is: 'coolingDown' },
      },
      { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'on' } } },
      {
        ...{ command: { kind: 'setInput', input: 'hdmi2' }, state: { input: { value: 'hdmi2', source: 'answer' } } },
        ...{ truth: (sim) => sim.truth.input, is: 0x23 },
      },
      {
        ...{ command: { kind: 'setVolume', volume: 0.45 }, state: { volume: { value: 0.45 } } },
        ...{ truth: (sim) => sim.truth.volume, is: 45 },
      },
      { command: { kind: 'setMuted', isMuted: true }, state: { isMuted: { value: true } } },
      { command: { kind: 'setBlank', isBlank: true }, state: { isBlank: { value: true } } },
    ],
    refusals: [
      {
        says: 'refuses what is answered with NAK',
        ...{ arrange: (sim) => sim.setBusy(true), command: { kind: 'setMuted', isMuted: true }, fault: 'refused' },
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
        sim.parts.fan = 1;
      },
      state: { volume: { value: 0.77, source: 'answer' }, ailments: { value: [{ part: 'fan', isFatal: true }] } },
    },
    lie: { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'standby' } } },
    noise: Uint8Array.of(0x00, 0x13, 0x41),
    harmless: { kind: 'setMuted', isMuted: false },
    ...{ controllers: 'many', patienceMs: 8_000, depth: 32 },
  });
}
