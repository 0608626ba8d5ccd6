import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AudioProcessorCommand, AudioProcessorState } from '../../ports/audio-processor.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import { describeConformance } from '../testing/conformance.ts';
import { describeStream } from '../testing/stream-conformance.ts';
import { createShureDecoder, gainCode, gainOf, parseReport, type ShureFacts } from './codec.ts';
import { createShure } from './driver.ts';
import { createShureSimulator, type ShureSimulator } from './simulator.ts';

const facts: ShureFacts = {
  channels: { all: 0, left: 1, right: 2 },
  presets: { meeting: 1, lecture: 3 },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};

describe('Shure’s command strings', () => {
  it.each([
    ['REP 1 AUDIO_MUTE ON', { is: 'report', channel: 1, key: 'AUDIO_MUTE', value: 'ON' }],
    ['REP DEVICE_AUDIO_MUTE OFF', { is: 'report', channel: null, key: 'DEVICE_AUDIO_MUTE', value: 'OFF' }],
    ['REP MODEL {MXA910                         }', { is: 'report', channel: null, key: 'MODEL', value: 'MXA910' }],
    ['REP ERR', { is: 'error' }],
    ['SAMPLE_IN_ROOM 012', null],
  ])('%s', (text, expected) => {
    expect(parseReport(text)).toEqual(expected);
  });

  it('count gain in tenths of a decibel from −110 dB', () => {
    expect(gainCode(0)).toBe(1100);
    expect(gainOf(1110)).toBe(1);
    expect(gainCode(-110)).toBe(0);
  });

  it('end with an angle bracket, which may be in a name', () => {
    const heard = createShureDecoder().push(toBytes('\r\n< REP 1 CHAN_NAME {left > right   } >< REP ERR >'));
    expect(heard).toEqual([{ is: 'report', channel: 1, key: 'CHAN_NAME', value: 'left > right' }, { is: 'error' }]);
  });
});

describeStream({
  name: 'Shure',
  createDecoder: createShureDecoder,
  frames: fc
    .oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 8 }), fc.nat(1400))
        .map(([n, code]) => `< REP ${n} AUDIO_GAIN_HI_RES ${code} >`),
      fc.constantFrom('< REP ERR >', '< REP 2 AUDIO_MUTE ON >', '< REP MODEL {P300 > x } >'),
    )
    .map(toBytes),
  noise: fc.stringMatching(/^[^<>{}]{0,12}$/).map(toBytes),
});

const channel = (name: string, is: object) => ({ channels: { [name]: is } });
for (const mode of ['strict', 'lenient'] as const) {
  describeConformance<AudioProcessorCommand, AudioProcessorState, ShureSimulator>({
    name: `microphones of Shure that are ${mode}`,
    line: 'connection',
    createSimulator: ({ clock }) => createShureSimulator({ facts, mode, clock }),
    createDriver: ({ line, clock, log }) => createShure({ line, facts, clock, log }),
    greeted: {
      identity: { value: 'Shure MXA910', source: 'answer' },
      channels: {
        all: { gainDb: null, isMuted: { value: false } },
        left: { gainDb: { value: 0 }, isMuted: { value: false, source: 'answer' } },
      },
    },
    works: [
      {
        command: { kind: 'setGain', channel: 'left', gainDb: -6.3 },
        state: channel('left', { gainDb: { value: -6.3, source: 'answer' } }),
        ...{ truth: (sim) => sim.truth.gains.get(1), is: 1037 },
      },
      {
        command: { kind: 'setMuted', channel: 'right', isMuted: true },
        state: channel('right', { isMuted: { value: true } }),
        ...{ truth: (sim) => sim.truth.mutes.get(2), is: true },
      },
      {
        command: { kind: 'setMuted', channel: 'all', isMuted: true },
        state: channel('all', { isMuted: { value: true } }),
        ...{ truth: (sim) => sim.truth.isMuted, is: true },
      },
      { command: { kind: 'recallPreset', preset: 'lecture' }, state: {}, truth: (sim) => sim.truth.preset, is: 3 },
    ],
    refusals: [
      {
        says: 'is refused: ERR',
        arrange: (sim) => sim.setBusy(true),
        ...{ command: { kind: 'setMuted', channel: 'all', isMuted: true }, fault: 'refused' },
      },
      {
        says: 'refuses a gain that the device does not have',
        arrange: () => undefined,
        ...{ command: { kind: 'setGain', channel: 'left', gainDb: 31 }, fault: 'refused' },
      },
      {
        says: 'refuses the gain of the whole device',
        arrange: () => undefined,
        ...{ command: { kind: 'setGain', channel: 'all', gainDb: 0 }, fault: 'refused' },
      },
    ],
    byHand: { isTold: true, change: (sim) => sim.touchMute(), state: channel('all', { isMuted: { value: true } }) },
    lie: {
      command: { kind: 'setMuted', channel: 'left', isMuted: true },
      state: channel('left', { isMuted: { value: false } }),
    },
    noise: toBytes('\r\nnoise'),
    harmless: { kind: 'setMuted', channel: 'right', isMuted: false },
    ...{ controllers: 'many', patienceMs: 8_000, depth: 32 },
  });
}
