import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import type { AudioProcessorCommand, AudioProcessorState } from '../../ports/audio-processor.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import { describeConformance } from '../testing/conformance.ts';
import { createMemoryLine } from '../testing/memory-line.ts';
import { describeStream } from '../testing/stream-conformance.ts';
import { createTesiraDecoder, parseFaults, parseReply, say, type TesiraFacts } from './codec.ts';
import { createTesira } from './driver.ts';
import { createTesiraSimulator, type TesiraSimulator } from './simulator.ts';

const facts: TesiraFacts = {
  channels: {
    'Table microphones': {
      gain: { tag: 'Room Level', index: 1, leastDb: -60, mostDb: 12 },
      mute: { tag: 'RoomMute', index: 1 },
    },
    lectern: { gain: null, mute: { tag: 'RoomMute', index: 2 } },
  },
  presets: { meeting: 1001, lecture: 1002 },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};
const table = 'Table microphones';

describe('Tesira’s text', () => {
  it('quotes tags with blanks', () => {
    expect(say.set('Level1', 'level', 1, '-10.0')).toBe('Level1 set level 1 -10.0');
    expect(say.subscribe('Room Mute', 'mute', 2, 'tok')).toBe('"Room Mute" subscribe mute 2 tok 200');
  });

  it.each([
    ['+OK', { is: 'ok', value: null, text: '+OK' }],
    ['+OK "value":-10.000000', { is: 'ok', value: '-10.000000', text: '+OK "value":-10.000000' }],
    ['+OK "value":"Room 1"', { is: 'ok', value: 'Room 1', text: '+OK "value":"Room 1"' }],
    ['-ERR INVALID_PARAMETERS', { is: 'error', says: 'INVALID_PARAMETERS' }],
    ['-CANNOT_DELIVER', { is: 'error', says: 'CANNOT_DELIVER' }],
    ['! "publishToken":"tok" "value":true', { is: 'published', token: 'tok', value: 'true' }],
    ['Welcome to the Tesira Text Protocol Server...', { is: 'banner' }],
    ['RoomMute get mute 1', null],
  ])('%s', (line, expected) => {
    expect(parseReply(line)).toEqual(expected);
  });

  it('names the faults of the device', () => {
    const none = '[{"id":INDICATOR_NONE_IN_DEVICE "name":"No fault in device" "faults":[] "serialNumber":"01"}]';
    const one =
      '[{"id":INDICATOR_MAJOR_IN_DEVICE "name":"Major" "faults":[{"id":F "name":"fan"} {"id":G "name":"clock"}]}]';
    expect(parseFaults(none)).toEqual([]);
    expect(parseFaults(one)).toEqual(['fan', 'clock']);
  });
});

describe('what a protected Tesira asks for', () => {
  it.each([
    ['\r\nlogin: ', 'user'],
    ['Password:', 'password'],
    ['Tesira login: ', 'user'],
  ])('%j', (text, asked) => {
    const decoder = createTesiraDecoder();
    const replies = [...text].flatMap((sign) => decoder.push(toBytes(sign)));
    expect(replies[0]).toEqual({ is: 'prompt', for: asked });
    expect(createTesiraDecoder().push(toBytes(text))).toEqual([{ is: 'prompt', for: asked }]);
  });

  it('is not in what it tells of itself', () => {
    expect(createTesiraDecoder().push(toBytes('+OK "value":"login: "\n'))).toEqual([
      { is: 'ok', value: 'login: ', text: '+OK "value":"login: "' },
    ]);
  });

  it('is answered once; a wrong password is refused', async () => {
    const clock = createManualClock();
    await using sim = createTesiraSimulator({ facts, access: protectedBy, mode: 'strict', clock });
    await using line = createMemoryLine({ device: sim, kind: 'connection', clock });
    const access = { ...protectedBy, password: 'wrong' };
    const warned: unknown[] = [];
    const log = pino({ level: 'warn' }, { write: (text: string) => void warned.push(JSON.parse(text)) });
    await using _driver = createTesira({ line, facts, access, clock, log });
    await vi.waitFor(() => expect(warned).toHaveLength(1));
    expect(warned).toMatchObject([{ err: { message: 'password: it asks for the user again' } }]);
    expect(line.sent).toHaveLength(3);
  });
});

describeStream({
  name: 'Tesira',
  createDecoder: createTesiraDecoder,
  frames: fc
    .oneof(
      fc.integer({ min: -100, max: 12 }).map((level) => `+OK "value":${level}.000000`),
      fc.constantFrom('+OK', '-ERR NOT_SUPPORTED', '! "publishToken":"gain0" "value":false'),
    )
    .map((line) => toBytes(`${line}\n`)),
  // An echo, or another line that is no answer.
  noise: fc.stringMatching(/^[a-zA-Z0-9 ]{0,12}$/).map((text) => toBytes(`${text}\r\n`)),
});

const channel = (name: string, is: object) => ({ channels: { [name]: is } });
const protectedBy = { user: 'room', password: '1 2 3' };
const variants = [
  { name: 'strict', mode: 'strict', line: 'connection', access: null },
  { name: 'lenient', mode: 'lenient', line: 'serial', access: null },
  { name: 'protected, over telnet', mode: 'strict', line: 'connection', access: protectedBy },
] as const;
for (const { name, mode, line: kind, access } of variants) {
  describeConformance<AudioProcessorCommand, AudioProcessorState, TesiraSimulator>({
    name: `a Tesira that is ${name}`,
    line: kind,
    createSimulator: ({ clock }) => createTesiraSimulator({ facts, access, mode, clock }),
    createDriver: ({ line, clock, log }) => createTesira({ line, facts, access, clock, log }),
    greeted: {
      ...{ identity: { value: 'Tesira TesiraForte1', source: 'answer' }, ailments: { value: [] } },
      channels: {
        [table]: { gainDb: { value: 0, source: 'answer' }, isMuted: { value: false } },
        lectern: { gainDb: null, isMuted: { value: false } },
      },
    },
    works: [
      {
        command: { kind: 'setGain', channel: table, gainDb: -12.5 },
        state: channel(table, { gainDb: { value: -12.5, source: 'answer' } }),
        ...{ truth: (sim) => sim.truth('Room Level', 'level', 1), is: -12.5 },
      },
      {
        command: { kind: 'setMuted', channel: 'lectern', isMuted: true },
        state: channel('lectern', { isMuted: { value: true } }),
        ...{ truth: (sim) => sim.truth('RoomMute', 'mute', 2), is: true },
      },
      { command: { kind: 'recallPreset', preset: 'lecture' }, state: {}, truth: (sim) => sim.recalled, is: [1002] },
    ],
    refusals: [
      {
        says: 'is broken: GENERAL_FAILURE',
        arrange: (sim) => sim.setBusy(true),
        ...{ command: { kind: 'setMuted', channel: table, isMuted: true }, fault: 'device_failed' },
      },
      {
        says: 'does not know the block any more: address not found',
        arrange: (sim) => sim.configure([]),
        ...{ command: { kind: 'setMuted', channel: table, isMuted: true }, fault: 'refused' },
      },
      {
        says: 'does not take the value: INVALID_PARAMETERS',
        arrange: (sim) => sim.configure(['RoomMute mute 9']),
        ...{ command: { kind: 'setMuted', channel: table, isMuted: true }, fault: 'refused' },
      },
      {
        says: 'refuses a gain that the channel does not take',
        arrange: () => undefined,
        ...{ command: { kind: 'setGain', channel: table, gainDb: 20 }, fault: 'refused' },
      },
      {
        says: 'refuses a channel without a gain, and one that there is not',
        arrange: () => undefined,
        ...{ command: { kind: 'setGain', channel: 'lectern', gainDb: 0 }, fault: 'refused' },
      },
    ],
    byHand: {
      isTold: true,
      change: (sim) => sim.change('RoomMute', 'mute', 1, true),
      state: channel(table, { isMuted: { value: true } }),
    },
    lie: {
      command: { kind: 'setMuted', channel: table, isMuted: true },
      state: channel(table, { isMuted: { value: false, source: 'answer' } }),
    },
    noise: toBytes('noise\n'),
    harmless: { kind: 'setMuted', channel: 'lectern', isMuted: false },
    ...{ controllers: 'many', patienceMs: 8_000, depth: 32 },
  });
}
