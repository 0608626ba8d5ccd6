import type { ReportedDocument } from '@anteroom/shared/protocol/desired.ts';
import { describe, expect, it } from 'vitest';
import { canJoin, isConverged, stageOf } from './rules.ts';

const id = <P extends string>(prefix: P, digit = '0'): `${P}_${string}` => `${prefix}_${digit.repeat(32)}`;
const binding = { spaceId: id('space'), roomId: id('room'), retiredAt: null };
const reported: ReportedDocument = {
  ...{ n: 1, converged: { epoch: 0, n: 3 }, spaceId: binding.spaceId, roomId: binding.roomId, settings: null },
  ...{ software: '0.1.0', profile: 'simulated', serial: 'SN-1', meeting: null, shortfalls: [] },
  peripherals: [{ kind: 'camera', name: 'Camera', state: 'working', observedAt: '2026-03-02T10:00:00.000Z' }],
};
const brokenCamera = reported.peripherals.map((each) => ({ ...each, state: 'missing' as const }));

describe('the stage of a terminal', () => {
  it.each([
    ['without a place', { ...binding, spaceId: null, roomId: null }, undefined, 'claimed'],
    ['before it reported', binding, undefined, 'assigning'],
    ['that still reports another room', binding, { ...reported, roomId: id('room', '1') }, 'assigning'],
    ['that reports its binding', binding, reported, 'assigned'],
    ['that was retired', { ...binding, retiredAt: '2026-03-02T10:00:00.000Z' }, reported, 'retired'],
  ])('%s', (_which, terminal, document: ReportedDocument | undefined, stage) => {
    expect(stageOf(terminal, document)).toBe(stage);
  });
});

describe('convergence', () => {
  it.each([
    [{ epoch: 0, n: 3 }, reported, true],
    [{ epoch: 0, n: 4 }, reported, false],
    [{ epoch: 1, n: 3 }, reported, false],
    [undefined, reported, false],
    [{ epoch: 0, n: 3 }, { ...reported, converged: null }, false],
    [{ epoch: 0, n: 3 }, undefined, false],
  ])('%#', (desired, document: ReportedDocument | undefined, expected) => {
    expect(isConverged(desired, document)).toBe(expected);
  });
});

describe('whether a room can join', () => {
  it.each([
    ['online, assigned and whole', binding, { isOnline: true, reported }, true],
    ['offline', binding, { isOnline: false, reported }, false],
    ['without a report', binding, { isOnline: true, reported: undefined }, false],
    ['without a cloud room', { ...binding, roomId: null }, { isOnline: true, reported }, false],
    ['without its camera', binding, { isOnline: true, reported: { ...reported, peripherals: brokenCamera } }, false],
  ])('%s', (_which, terminal, evidence, expected) => {
    expect(canJoin(terminal, evidence)).toBe(expected);
  });
});
