import { describe, expect, test } from 'vitest';
import type { Reading } from '../ports/reading.ts';
import type { ObservedDevice } from './observed.ts';
import { readSensors } from './sensors.ts';

const told = (value: boolean): Reading<boolean> => ({
  value,
  observedAt: '2026-01-05T09:00:00.000Z',
  source: 'report',
});

function presence(isOccupied: boolean | null, isConnected = true): ObservedDevice {
  return {
    ...{ kind: 'presenceSensor', capabilities: { countsPeople: false } },
    state: { isConnected, identity: null, isOccupied: isOccupied === null ? null : told(isOccupied), people: null },
  };
}

function contact(isClosed: boolean | null, isConnected = true): ObservedDevice {
  return {
    ...{ kind: 'roomIo', capabilities: { commands: [], outputs: [], contacts: ['contact'] } },
    state: {
      ...{ isConnected, identity: null, outputs: {} },
      contacts: { contact: isClosed === null ? null : told(isClosed) },
    },
  };
}

/** What the room makes of its sensors, in the order of the plan. */
function isOccupied(...observed: (ObservedDevice | null)[]): boolean | null {
  const occupancy = observed.map((each, index) => ({
    ...{ device: `sensor-${index}` },
    ...(each?.kind === 'roomIo' && { contact: 'contact' }),
  }));
  return readSensors({ occupancy }, (name) => observed[Number(name.slice('sensor-'.length))] ?? null).isOccupied;
}

const isPartitionOpen = (wall: ObservedDevice | null, name = 'contact'): boolean | null =>
  readSensors({ occupancy: [], partition: { device: 'wall', contact: name, open: {}, closed: {} } }, () => wall)
    .isPartitionOpen;

describe('whether somebody is there', () => {
  test.each<[string, (ObservedDevice | null)[], boolean | null]>([
    ['a sensor that sees somebody says so', [presence(true)], true],
    ['a sensor that sees nobody says so', [presence(false)], false],
    ['a contact is closed while somebody is there', [contact(true)], true],
    ['a contact is open while nobody is', [contact(false)], false],
    ['a sensor that has not said anything yet tells nothing', [presence(null)], null],
    ['a contact that was not read yet tells nothing', [contact(null)], null],
    ['a room without a sensor does not know', [], null],
    ['a device that is not driven tells nothing', [null], null],
    ['what a sensor said before it fell silent is no evidence', [presence(true, false)], null],
    ['nor is what a contact said', [contact(false, false)], null],
    ['one that sees somebody outweighs one that does not', [presence(false), contact(true)], true],
    ['in whatever order they stand', [presence(true), contact(false)], true],
    ['one that sees nobody outweighs one that tells nothing', [presence(null), contact(false)], false],
    ['one that fell silent does not outweigh one that answers', [presence(true, false), contact(false)], false],
    ['all that fell silent tell nothing together', [presence(true, false), contact(true, false)], null],
  ])('%s', (_rule, observed, expected) => {
    expect(isOccupied(...observed)).toBe(expected);
  });

  test('a contact that the plan does not name is no sensor', () => {
    expect(readSensors({ occupancy: [{ device: 'io' }] }, () => contact(true)).isOccupied).toBeNull();
  });
});

describe('the wall between two rooms', () => {
  test.each<[string, ObservedDevice | null, boolean | null]>([
    ['is closed while its contact is', contact(true), false],
    ['is open while its contact is', contact(false), true],
    ['is not known before its contact was read', contact(null), null],
    ['is not known while its contact does not answer, whatever it said', contact(false, false), null],
    ['is not known where the device is not driven', null, null],
  ])('%s', (_rule, wall, expected) => {
    expect(isPartitionOpen(wall)).toBe(expected);
  });

  test('is not known by a contact that the device does not have', () => {
    expect(isPartitionOpen(contact(true), 'other')).toBeNull();
  });

  test('is not known to a room without one', () => {
    expect(readSensors({ occupancy: [] }, () => contact(false)).isPartitionOpen).toBeNull();
  });
});
