import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { expect, it } from 'vitest';
import type { DoorState } from '../terminals/door-state.ts';
import { groupDoors, type SkyDoor, worstFirst } from './skyline-groups.ts';

function door(name: string, site: string | null, floor: string, state: DoorState = 'ready'): SkyDoor {
  const at = '2026-03-02T10:00:00.000Z';
  const terminal: Terminal = {
    id: newId('terminal'),
    name,
    serial: 'SIM-1',
    profile: 'simulated',
    software: '0.1.0',
    stage: 'assigned',
    space: site === null ? null : { id: newId('space'), name, site, floor },
    room: null,
    answersAutomatically: false,
    doNotDisturb: false,
    onHostUnmute: 'ask',
    onRemoteStart: 'closed',
    isOnline: true,
    seenAt: at,
    isConverged: true,
    meeting: null,
    peripherals: [],
    shortfalls: [],
    reportedAt: at,
    certificate: { notAfter: at, isRevoked: false, keyPhrase: 'amber-otter' },
  };
  return { terminal, state };
}

it('stacks floors as a building stands, the top one first', () => {
  const sites = groupDoors(['2', '10', 'B1', 'G', '2'].map((floor, n) => door(`R${n}`, 'Shanghai', floor)));
  expect(sites[0]?.floors.map((floor) => floor.name)).toEqual(['10', '2', 'G', 'B1']);
  expect(sites[0]?.floors[1]?.doors).toHaveLength(2);
});

it('puts the largest site first and doors without a room last', () => {
  const doors = [
    door('a', null, ''),
    door('b', null, ''),
    door('c', null, ''),
    door('d', 'Berlin', '1', 'silent'),
    door('e', 'Shanghai', '1', 'fault'),
    door('f', 'Shanghai', '2'),
  ];
  expect(groupDoors(doors).map((site) => [site.name, site.count, site.cannotCount])).toEqual([
    ['Shanghai', 2, 1],
    ['Berlin', 1, 1],
    ['', 3, 0],
  ]);
});

it('lists the worst first, equals by name', () => {
  const doors = [
    door('b', 'X', '1', 'ready'),
    door('c', 'X', '1', 'fault'),
    door('a', 'X', '1', 'ready'),
    door('d', 'X', '1', 'silent'),
  ];
  expect(worstFirst(doors).map((each) => each.terminal.name)).toEqual(['c', 'd', 'a', 'b']);
});
