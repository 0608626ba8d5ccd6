import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisplayCommand, DisplayState } from '../../ports/display.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import { describeConformance } from '../testing/conformance.ts';
import { describeStream } from '../testing/stream-conformance.ts';
import {
  createPjlinkDecoder,
  decodeAnswer,
  decodeDatagram,
  digestOf,
  encodeCommand,
  type PjlinkFacts,
  parseReply,
} from './codec.ts';
import { createPjlinkDisplay } from './driver.ts';
import { createPjlinkSimulator, type PjlinkSimulator } from './simulator.ts';

const facts: PjlinkFacts = {
  ...{ inputs: { hdmi1: '31', hdmi2: '32', network: '51' }, muting: 'separate', powerSettlesMs: 6_000 },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};

describe('PJLink as text', () => {
  it('proves that it knows the password as the specification’s example does', () => {
    expect(digestOf('498e4a67', 'JBMIAProjectorLink')).toBe('5d8409bc1c3fa39749434aa3a5c38682');
  });

  it.each<[DisplayCommand, string]>([
    [{ kind: 'setPower', isOn: true }, '%1POWR 1'],
    [{ kind: 'setInput', input: 'network' }, '%1INPT 51'],
    [{ kind: 'setMuted', isMuted: true }, '%1AVMT 21'],
    [{ kind: 'setBlank', isBlank: false }, '%1AVMT 10'],
  ])('%j', (command, expected) => {
    const { head, value } = encodeCommand(command, facts);
    expect(`${head} ${value}`).toBe(expected);
  });

  it('mutes both at once where a model can do no other', () => {
    expect(encodeCommand({ kind: 'setBlank', isBlank: true }, { ...facts, muting: 'together' }).value).toBe('31');
  });

  it.each([
    ['PJLINK 0', { is: 'greeting', random: null }],
    ['PJLINK 1 498e4a67', { is: 'greeting', random: '498e4a67' }],
    ['pjlink erra', { is: 'wrongPassword' }],
    ['%1powr=OK', { is: 'answer', head: '%1POWR', value: 'OK' }],
    ['%2INNM=Table 1', { is: 'answer', head: '%2INNM', value: 'Table 1' }],
    ['%1POWR', null],
    ['PJLINK 1', null],
  ])('%s', (line, expected) => {
    expect(parseReply(line)).toEqual(expected);
  });

  it('is understood behind packets that are filled up with zeros', () => {
    const decoder = createPjlinkDecoder();
    const filled = (line: string) => toBytes(`${line}\r`.padEnd(200, '\0'));
    expect([...decoder.push(filled('PJLINK 0')), ...decoder.push(filled('%1POWR=1'))]).toEqual([
      { is: 'greeting', random: null },
      { is: 'answer', head: '%1POWR', value: '1' },
    ]);
  });

  it('says which parts are broken, and which will be', () => {
    expect(decodeAnswer('ailments', '020010', facts)).toEqual({
      of: 'ailments',
      ailments: [
        { part: 'lamp', isFatal: true },
        { part: 'filter', isFatal: false },
      ],
    });
    expect(decodeAnswer('ailments', '0200', facts)).toBeNull();
    expect(decodeAnswer('power', '7', facts)).toBeNull();
    expect(decodeAnswer('muted', '30', facts)).toEqual({ of: 'muted', isMuted: false });
  });
});

describe('a PJLink datagram', () => {
  it.each([
    ['%2POWR=3\r', { of: 'power', power: 'warmingUp' }],
    ['%2powr=0\r', { of: 'power', power: 'standby' }],
    ['%2INPT=32\r', { of: 'input', input: 'hdmi2' }],
    ['%2INPT=3A\r', { of: 'input', input: '3A' }],
    ['%2ERST=000010\r', { of: 'ailments', ailments: [{ part: 'filter', isFatal: false }] }],
    ['%2LKUP=00:11:22:AA:BB:CC\r', { of: 'linkUp' }],
    ['%2POWR=1\r\0\0\0', { of: 'power', power: 'on' }],
  ])('%j is a notice', (text, notice) => {
    expect(decodeDatagram(toBytes(text), facts)).toEqual(notice);
  });

  it.each([
    ['an answer of class 1', '%1POWR=1\r'],
    ['an answer to what class 2 can be asked', '%2SVER=1.0\r'],
    ['a line without its end', '%2POWR=1'],
    ['two lines', '%2POWR=1\r%2INPT=31\r'],
    ['what comes behind a half line', 'R=1\r'],
    ['a value that there is not', '%2POWR=9\r'],
    ['a refusal', '%2POWR=ERR3\r'],
    ['a search', '%2SRCH\r'],
    ['the answer to a search', '%2ACKN=00:11:22:AA:BB:CC\r'],
    ['a greeting', 'PJLINK 0\r'],
    ['a line that is too long', `%2LKUP=${'0'.repeat(130)}\r`],
    ['nothing', ''],
  ])('%s is none', (_what, text) => {
    expect(decodeDatagram(toBytes(text), facts)).toBeNull();
  });

  it('is never thrown at', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeDatagram(bytes, facts)));
  });
});

const word = fc.stringMatching(/^[ -<>-~]{0,20}$/);
describeStream({
  name: 'PJLink',
  createDecoder: createPjlinkDecoder,
  frames: fc
    .oneof(
      fc.constantFrom('PJLINK 0', 'PJLINK ERRA', 'PJLINK 1 498e4a67'),
      fc.tuple(fc.constantFrom('%1POWR', '%2SVER', '%1NAME'), word).map(([head, value]) => `${head}=${value}`),
    )
    .map((line) => toBytes(`${line}\r`)),
  // Noise without an end would be the beginning of the next line.
  noise: fc.stringMatching(/^[a-z ]{0,12}$/).map((text) => toBytes(`${text}\r`)),
});

const variants = [
  { mode: 'strict', pjlinkClass: 2, password: 'JBMIAProjectorLink' },
  { mode: 'lenient', pjlinkClass: 2, password: '' },
  { mode: 'strict', pjlinkClass: 1, password: '' },
] as const;
for (const { mode, pjlinkClass, password } of variants) {
  describeConformance<DisplayCommand, DisplayState, PjlinkSimulator>({
    name: `a projector of class ${pjlinkClass} that is ${mode}`,
    line: 'connection',
    createSimulator: ({ clock }) =>
      createPjlinkSimulator({ facts, pjlinkClass, password, mode, warmUpMs: 3_000, clock }),
    createDriver: ({ line, clock, log }) => createPjlinkDisplay({ line, facts, password, clock, log }),
    greeted: {
      ...{ identity: { value: 'Simulated projector', source: 'answer' }, power: { value: 'on' } },
      ...{ input: { value: 'hdmi1' }, isMuted: { value: false }, isBlank: { value: false }, ailments: { value: [] } },
    },
    works: [
      {
        ...{ command: { kind: 'setPower', isOn: false }, state: { power: { value: 'standby' } } },
        ...{ truth: (sim) => sim.truth.power(), is: 'standby' },
      },
      { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'on' } } },
      {
        ...{ command: { kind: 'setInput', input: 'hdmi2' }, state: { input: { value: 'hdmi2' } } },
        ...{ truth: (sim) => sim.truth.input, is: '32' },
      },
      { command: { kind: 'setMuted', isMuted: true }, state: { isMuted: { value: true }, isBlank: { value: false } } },
      { command: { kind: 'setBlank', isBlank: true }, state: { isBlank: { value: true } } },
    ],
    refusals: [
      {
        says: 'is not ready: ERR3',
        ...{ arrange: (sim) => sim.setBusy(true), command: { kind: 'setMuted', isMuted: true }, fault: 'not_now' },
      },
      {
        says: 'is not ready while it is off: ERR3',
        ...{ arrange: (sim) => sim.truth.losePower(), command: { kind: 'setInput', input: 'hdmi2' }, fault: 'not_now' },
      },
      {
        says: 'is broken: ERR4',
        ...{ arrange: (sim) => sim.fail(true), command: { kind: 'setMuted', isMuted: true }, fault: 'device_failed' },
      },
      {
        says: 'does not know the input any more: ERR2',
        ...{ arrange: (sim) => sim.forgetInputs(), command: { kind: 'setInput', input: 'hdmi2' }, fault: 'refused' },
      },
      {
        says: 'refuses what class 2 can only step through',
        ...{ arrange: () => undefined, command: { kind: 'setVolume', volume: 1 }, fault: 'refused' },
      },
    ],
    byHand: {
      isTold: pjlinkClass === 2,
      change(sim) {
        sim.truth.input = '51';
        sim.parts.filter = 1;
      },
      state: {
        ...{ input: { value: 'network' }, ailments: { value: [{ part: 'filter', isFatal: false }] } },
        ...(pjlinkClass === 2 ? { input: { value: 'network', source: 'report' } } : {}),
      },
    },
    lie: { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'standby' } } },
    noise: toBytes('noise\r'),
    harmless: { kind: 'setMuted', isMuted: false },
    ...{ controllers: 'one', patienceMs: 8_000, depth: 32 },
  });
}
