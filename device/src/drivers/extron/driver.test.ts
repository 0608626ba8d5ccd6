import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SwitcherCommand, SwitcherState } from '../../ports/switcher.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import { describeConformance } from '../testing/conformance.ts';
import { describeStream } from '../testing/stream-conformance.ts';
import { createExtronDecoder, type ExtronFacts, encodeCommand, parseLine } from './codec.ts';
import { createExtron } from './driver.ts';
import { createExtronSimulator, type ExtronSimulator } from './simulator.ts';

const facts: ExtronFacts = {
  ...{ inputs: 4, outputs: 2, presets: 8, hasSound: true },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};

describe('SIS as text', () => {
  it.each<[SwitcherCommand, string]>([
    [{ kind: 'route', input: 2, output: 1, layer: 'both' }, '2*1!'],
    [{ kind: 'route', input: 2, output: 1, layer: 'video' }, '2*1%'],
    [{ kind: 'route', input: 0, output: 2, layer: 'audio' }, '0*2$'],
    [{ kind: 'setVolume', volume: 0.3 }, '30V'],
    [{ kind: 'setMuted', isMuted: true }, '1Z'],
    [{ kind: 'recallPreset', preset: 1 }, '1.'],
    [{ kind: 'savePreset', preset: 1 }, '1,'],
  ])('%j', (command, expected) => {
    expect(encodeCommand(command, facts)).toBe(expected);
  });

  it('names no output where there is one', () => {
    expect(encodeCommand({ kind: 'route', input: 3, output: 1, layer: 'both' }, { ...facts, outputs: 1 })).toBe('3!');
  });

  it.each([
    ['Out1 In2 All', { is: 'route', output: 1, input: 2, layer: 'both' }],
    ['In3 All', { is: 'route', output: 1, input: 3, layer: 'both' }],
    ['Out2 In4 Aud', { is: 'route', output: 2, input: 4, layer: 'audio' }],
    ['Vol30', { is: 'volume', volume: 30 }],
    ['Amt1', { is: 'muted', isMuted: true }],
    ['Rpr1', { is: 'recalled', preset: 1 }],
    ['E13', { is: 'error', code: 13 }],
    ['60-882-01', { is: 'word', text: '60-882-01' }],
    ['(c) Copyright 2014, Extron Electronics, DXP 88 HDMI, V1.02, 60-882-01', null],
  ])('%s', (line, expected) => {
    expect(parseLine(line)).toEqual(expected);
  });
});

describeStream({
  name: 'SIS',
  createDecoder: createExtronDecoder,
  frames: fc
    .constantFrom('Out1 In2 All', 'Vol30', 'Amt0', 'E01', 'Rpr3', '60-882-01', 'Login Administrator')
    .map((line) => toBytes(`${line}\r\n`)),
  noise: fc.constantFrom('', '\r\n', '\n\n').map(toBytes),
});

for (const mode of ['strict', 'lenient'] as const) {
  const password = mode === 'strict' ? 'secret' : null;
  const refusals = [
    ...([1, 10, 11, 12, 13, 14, 24, 25, 28] as const).map((code) => ({ code, fault: 'refused' as const })),
    ...([22, 26] as const).map((code) => ({ code, fault: 'busy' as const })),
    ...[
      { code: 17, fault: 'not_now' as const },
      { code: 99, fault: 'nonsense' as const },
    ],
  ];
  describeConformance<SwitcherCommand, SwitcherState, ExtronSimulator>({
    name: `a matrix of Extron that is ${mode}`,
    line: 'connection',
    createSimulator: ({ clock }) => createExtronSimulator({ facts, password, mode, clock }),
    createDriver: ({ line, clock, log }) => createExtron({ line, facts, password, clock, log }),
    greeted: {
      ...{
        identity: { value: 'Extron 60-882-01', source: 'answer' },
        volume: { value: 0.3 },
        isMuted: { value: false },
      },
      routes: { 1: { video: { value: 1 }, audio: { value: 1, source: 'answer' } }, 2: { video: { value: 1 } } },
    },
    works: [
      {
        command: { kind: 'route', input: 3, output: 2, layer: 'both' },
        state: { routes: { 2: { video: { value: 3, source: 'answer' }, audio: { value: 3 } } } },
        ...{ truth: (sim) => sim.truth.video.get(2), is: 3 },
      },
      {
        command: { kind: 'route', input: 2, output: 1, layer: 'audio' },
        state: { routes: { 1: { video: { value: 1 }, audio: { value: 2 } } } },
      },
      { command: { kind: 'setVolume', volume: 0.45 }, state: { volume: { value: 0.45, source: 'answer' } } },
      { command: { kind: 'setMuted', isMuted: true }, state: { isMuted: { value: true } } },
      { command: { kind: 'savePreset', preset: 2 }, state: {} },
      { command: { kind: 'recallPreset', preset: 2 }, state: {} },
    ],
    refusals: [
      ...refusals.map(({ code, fault }) => ({
        ...{ says: `${fault}: E${code}`, arrange: (sim: ExtronSimulator) => sim.refuse(code), fault },
        command: { kind: 'setMuted', isMuted: true } as const,
      })),
      {
        says: 'refuses an output that the model does not have',
        arrange: () => undefined,
        ...{ command: { kind: 'route', input: 1, output: 3, layer: 'both' }, fault: 'refused' },
      },
    ],
    byHand: {
      isTold: true,
      change: (sim) => sim.pressRoute(4, 1),
      state: { routes: { 1: { video: { value: 4, source: 'report' } } } },
    },
    lie: { command: { kind: 'setMuted', isMuted: true }, state: { isMuted: { value: false } } },
    noise: toBytes('\r\n\r\n'),
    harmless: { kind: 'setMuted', isMuted: false },
    ...{ controllers: 'many', patienceMs: 8_000, depth: 32 },
  });
}
