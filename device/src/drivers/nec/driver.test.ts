import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisplayCommand, DisplayState } from '../../ports/display.ts';
import { describeConformance } from '../testing/conformance.ts';
import { describeStream } from '../testing/stream-conformance.ts';
import {
  createNecDecoder,
  decodeDiagnosis,
  decodePower,
  decodeText,
  encode,
  encodeReply,
  type NecFacts,
  type NecType,
  parseParameter,
} from './codec.ts';
import { createNecDisplay } from './driver.ts';
import { createNecSimulator, type NecSimulator } from './simulator.ts';

const facts: NecFacts = {
  ...{ monitorId: 1, inputs: { hdmi1: 0x11, hdmi2: 0x12, displayPort1: 0x0f }, hasSound: true, hasScreenMute: true },
  ...{ restMs: 20, powerSettlesMs: 6_000, timing: { answerWithinMs: 500, askEveryMs: 5_000 } },
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase().replace(/../g, '$& ').trim();

describe('NEC’s frames', () => {
  // The check of each was computed by hand; that of `input ?` is an ETX.
  it.each<[NecType, string, string]>([
    ['A', 'C203D60001', '01 30 41 30 41 30 43 02 43 32 30 33 44 36 30 30 30 31 03 73 0D'],
    ['A', '01D6', '01 30 41 30 41 30 36 02 30 31 44 36 03 74 0D'],
    ['E', '00600011', '01 30 41 30 45 30 41 02 30 30 36 30 30 30 31 31 03 72 0D'],
    ['C', '0060', '01 30 41 30 43 30 36 02 30 30 36 30 03 03 0D'],
    ['E', '0062001E', '01 30 41 30 45 30 41 02 30 30 36 32 30 30 31 45 03 04 0D'],
    ['E', '008D0001', '01 30 41 30 45 30 41 02 30 30 38 44 30 30 30 31 03 09 0D'],
  ])('%s %s', (type, body, expected) => {
    expect(hex(encode(type, 1, body))).toBe(expected);
  });

  it('end where their length says, though the check looks like an end', () => {
    const frame = encodeReply('D', 1, '0000600000110011');
    expect(createNecDecoder().push(frame)).toEqual([{ type: 'D', monitorId: 1, body: '0000600000110011' }]);
  });

  it('say what a display is and has', () => {
    expect(decodePower('0200D60000040001')).toEqual({ of: 'power', power: 'on' });
    expect(decodePower('0200D60000040004')).toEqual({ of: 'power', power: 'standby' });
    expect(decodePower('0201D60000040001')).toBe('refused');
    expect(decodePower('00C203D60001')).toBeNull();
    expect(parseParameter('0000620000640014')).toEqual({ isKnown: true, opcode: 0x62, most: 100, value: 20 });
    expect(parseParameter('0100620000640014')?.isKnown).toBe(false);
    expect(parseParameter('00C203D60001')).toBeNull();
    expect(decodeText('4D35353100')).toBe('M551');
    expect(decodeDiagnosis('00')).toEqual([]);
    expect(decodeDiagnosis('80A1')).toEqual([
      { part: 'fan', isFatal: true },
      { part: 'temperature', isFatal: false },
    ]);
  });
});

describeStream({
  name: 'NEC',
  createDecoder: createNecDecoder,
  frames: fc
    .tuple(fc.constantFrom('B' as const, 'D' as const, 'F' as const), fc.stringMatching(/^[0-9A-F]{2,20}$/))
    .map(([type, body]) => encodeReply(type, 1, body)),
  noise: fc.uint8Array({ maxLength: 12 }).map((all) => all.filter((byte) => byte !== 0x01)),
});

for (const mode of ['strict', 'lenient'] as const) {
  describeConformance<DisplayCommand, DisplayState, NecSimulator>({
    name: `a display of NEC that is ${mode}`,
    line: mode === 'strict' ? 'serial' : 'connection',
    createSimulator: ({ clock }) => createNecSimulator({ facts, mode, warmUpMs: 3_000, clock }),
    createDriver: ({ line, clock, log }) => createNecDisplay({ line, facts, clock, log }),
    greeted: {
      ...{ identity: { value: 'M551', source: 'answer' }, power: { value: 'on' }, input: { value: 'hdmi1' } },
      ...{ volume: { value: 0.2 }, isMuted: { value: false }, isBlank: { value: false }, ailments: { value: [] } },
    },
    works: [
      {
        ...{ command: { kind: 'setPower', isOn: false }, state: { power: { value: 'standby', source: 'answer' } } },
        ...{ truth: (sim) => sim.truth.power(), is: 'coolingDown' },
      },
      { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'on' } } },
      {
        ...{ command: { kind: 'setInput', input: 'hdmi2' }, state: { input: { value: 'hdmi2' } } },
        ...{ truth: (sim) => sim.truth.input, is: 0x12 },
      },
      { command: { kind: 'setVolume', volume: 0.45 }, state: { volume: { value: 0.45 } } },
      { command: { kind: 'setMuted', isMuted: true }, state: { isMuted: { value: true } } },
      { command: { kind: 'setBlank', isBlank: true }, state: { isBlank: { value: true } } },
    ],
    refusals: [
      {
        says: 'says that it cannot now: a null message',
        ...{ arrange: (sim) => sim.setBusy(true), command: { kind: 'setMuted', isMuted: true }, fault: 'not_now' },
      },
      {
        says: 'does not support a parameter: result 01',
        ...{ arrange: (sim) => sim.forget(0x8d), command: { kind: 'setMuted', isMuted: true }, fault: 'refused' },
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
        sim.diagnosis.push(0x80);
      },
      state: { volume: { value: 0.77 }, ailments: { value: [{ part: 'fan', isFatal: true }] } },
    },
    lie: { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'standby' } } },
    noise: Uint8Array.of(0x00, 0x0d, 0x30, 0x41),
    harmless: { kind: 'setPower', isOn: true },
    ...{ controllers: 'many', patienceMs: 8_000, depth: 32 },
  });
}
