import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AudioProcessorCommand, AudioProcessorState } from '../../ports/audio-processor.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import { describeConformance } from '../testing/conformance.ts';
import { describeStream } from '../testing/stream-conformance.ts';
import { createQsysDecoder, encode, parseMessage, type QsysFacts } from './codec.ts';
import { createQsys } from './driver.ts';
import { createQsysSimulator, type QsysSimulator } from './simulator.ts';

const facts: QsysFacts = {
  channels: {
    program: { gain: { control: 'ProgramGain', leastDb: -100, mostDb: 10 }, mute: 'ProgramMute' },
    ceiling: { gain: null, mute: 'CeilingMute' },
  },
  presets: { lecture: { bank: 'Rooms', number: 2 } },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};

describe('QRC’s messages', () => {
  it('are JSON ended by a NUL', () => {
    const bytes = Buffer.from(encode(3, 'Control.Set', { Name: 'Mute', Value: true })).toString();
    expect(bytes).toBe('{"jsonrpc":"2.0","id":3,"method":"Control.Set","params":{"Name":"Mute","Value":true}}\0');
  });

  it.each([
    ['{"jsonrpc":"2.0","id":1,"result":true}', { is: 'result', id: 1, result: true }],
    [
      '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}}',
      { is: 'error', id: null, code: -32700, says: 'x' },
    ],
    [
      '{"jsonrpc":"2.0","method":"ChangeGroup.Poll","params":{"Id":"a","Changes":[{"Name":"M","Value":1,"String":"on"}]}}',
      { is: 'changes', controls: [{ Name: 'M', Value: 1 }] },
    ],
    ['{"jsonrpc":"2.0","method":"EngineStatus","params":{"State":"Asleep"}}', null],
    ['{"jsonrpc":"2.0","id":', null],
    ['7', null],
  ])('%s', (text, expected) => {
    expect(parseMessage(text)).toEqual(expected);
  });
});

describeStream({
  name: 'QRC',
  createDecoder: createQsysDecoder,
  frames: fc
    .tuple(fc.nat(99), fc.constantFrom<unknown>(true, [{ Name: 'Größe', Value: -3.5 }], 'ok'))
    .map(([id, result]) => Uint8Array.from(Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\0`))),
  // Another message that is none.
  noise: fc.stringMatching(/^[a-z]{0,8}$/).map((text) => toBytes(`${text}\0`)),
});

const channel = (name: string, is: object) => ({ channels: { [name]: is } });
const variants = [
  { mode: 'strict', access: { user: 'room', password: '1234' } },
  { mode: 'lenient', access: null },
] as const;
for (const { mode, access } of variants) {
  describeConformance<AudioProcessorCommand, AudioProcessorState, QsysSimulator>({
    name: `a Q-SYS core that is ${mode}`,
    line: 'connection',
    createSimulator: ({ clock }) => createQsysSimulator({ facts, access, mode, clock }),
    createDriver: ({ line, clock, log }) => createQsys({ line, facts, access, clock, log }),
    greeted: {
      identity: { value: 'Q-SYS Core 110f Boardroom', source: 'answer' },
      channels: {
        program: { gainDb: { value: 0, source: 'answer' }, isMuted: { value: false } },
        ceiling: { gainDb: null, isMuted: { value: false } },
      },
    },
    works: [
      {
        command: { kind: 'setGain', channel: 'program', gainDb: -12.5 },
        state: channel('program', { gainDb: { value: -12.5, source: 'answer' } }),
        ...{ truth: (sim) => sim.truth.get('ProgramGain'), is: -12.5 },
      },
      {
        command: { kind: 'setMuted', channel: 'ceiling', isMuted: true },
        state: channel('ceiling', { isMuted: { value: true } }),
        ...{ truth: (sim) => sim.truth.get('CeilingMute'), is: true },
      },
      { command: { kind: 'recallPreset', preset: 'lecture' }, state: {}, truth: (sim) => sim.loaded, is: ['Rooms 2'] },
    ],
    refusals: [
      {
        says: 'is busy: -32604',
        arrange: (sim) => sim.setBusy(true),
        ...{ command: { kind: 'setMuted', channel: 'program', isMuted: true }, fault: 'busy' },
      },
      {
        says: 'is the spare: 4',
        arrange: (sim) => sim.standBy(true),
        ...{ command: { kind: 'setMuted', channel: 'program', isMuted: true }, fault: 'not_now' },
      },
      {
        says: 'does not know the control: 7',
        arrange: (sim) => void sim.truth.delete('ProgramMute'),
        ...{ command: { kind: 'setMuted', channel: 'program', isMuted: true }, fault: 'refused' },
      },
      {
        says: 'refuses a snapshot that there is not',
        ...{ arrange: () => undefined, command: { kind: 'recallPreset', preset: 'party' }, fault: 'refused' },
      },
    ],
    byHand: {
      isTold: true,
      change: (sim) => sim.change('ProgramMute', true),
      state: channel('program', { isMuted: { value: true, source: 'report' } }),
    },
    lie: {
      command: { kind: 'setMuted', channel: 'program', isMuted: true },
      state: channel('program', { isMuted: { value: false } }),
    },
    noise: toBytes('noise\0'),
    harmless: { kind: 'setMuted', channel: 'ceiling', isMuted: false },
    ...{ controllers: 'many', patienceMs: 8_000, depth: 32 },
  });
}
