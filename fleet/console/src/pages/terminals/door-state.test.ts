import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { describe, expect, it } from 'vitest';
import { readDoor } from './door-state.ts';

const nowMs = Date.parse('2026-03-02T10:00:00.000Z');
const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
const room = { id: newId('room'), name: 'Atlas', number: '418205736' };

const assigned: Terminal = {
  id: newId('terminal'),
  name: 'Cedar',
  serial: 'SIM-1',
  profile: 'simulated',
  software: '0.1.0',
  stage: 'assigned',
  space: { id: newId('space'), name: 'Cedar', site: 'Shanghai', floor: '3' },
  room,
  answersAutomatically: false,
  doNotDisturb: false,
  onHostUnmute: 'ask',
  onRemoteStart: 'closed',
  isOnline: true,
  seenAt: at(0),
  isConverged: true,
  meeting: null,
  peripherals: [{ kind: 'camera', name: 'Camera', state: 'working', observedAt: at(0) }],
  shortfalls: [],
  reportedAt: at(0),
  certificate: { notAfter: at(9999), isRevoked: false, keyPhrase: 'amber-otter' },
};

const meetingAt = (startMinutes: number): MeetingItem => ({
  id: newId('meeting'),
  number: '123456789',
  subject: 'Design review',
  startAt: at(startMinutes),
  endAt: at(startMinutes + 30),
  timeZone: 'UTC',
  media: 'video',
  resource: 'room',
  room: { id: room.id, name: room.name, capacity: 10 },
  seriesId: null,
  organizerName: 'Lin',
  hasGuestPassword: false,
  mayManage: false,
  state: 'scheduled',
  participants: [],
  joinUrl: 'http://fleet.test/m/123456789',
});

describe('readDoor', () => {
  const missing: Terminal['peripherals'] = [{ kind: 'camera', name: 'Cam', state: 'missing', observedAt: at(0) }];
  const inMeeting: Terminal['meeting'] = { meetingId: newId('meeting'), subject: 'Now', state: 'in', since: at(-1) };

  it.each<[string, Partial<Terminal>, MeetingItem[], string]>([
    ['is ready with nothing near', {}, [meetingAt(60)], 'ready'],
    ['is soon from ten minutes before the start', {}, [meetingAt(10)], 'soon'],
    ['is lit in a meeting', { meeting: inMeeting }, [], 'meeting'],
    ['is silent when not heard, whatever it last said', { isOnline: false, meeting: inMeeting }, [], 'silent'],
    ['is impaired by a missing device', { peripherals: missing }, [meetingAt(5)], 'impaired'],
    ['cannot join without a cloud room', { room: null }, [], 'fault'],
    ['cannot join without a room', { space: null }, [], 'fault'],
    ['settles until the terminal reported its binding', { stage: 'assigning' }, [], 'settling'],
    ['is retired after revocation', { stage: 'retired', isOnline: false }, [], 'retired'],
  ])('%s', (_title, changed, meetings, expected) => {
    expect(readDoor({ ...assigned, ...changed }, meetings, nowMs).state).toBe(expected);
  });

  it('names the nearest meeting of its own cloud room only', () => {
    const other = { ...meetingAt(1), room: { id: newId('room'), name: 'Borealis', capacity: 5 } };
    const later = meetingAt(90);
    const next = meetingAt(30);
    expect(readDoor(assigned, [other, later, next], nowMs).meeting?.id).toBe(next.id);
  });

  it('says since when a silent terminal was not heard', () => {
    expect(readDoor({ ...assigned, isOnline: false, seenAt: null }, [], nowMs).cause).toEqual({ kind: 'neverHeard' });
    expect(readDoor({ ...assigned, isOnline: false }, [], nowMs).cause).toEqual({ kind: 'silentSince', at: at(0) });
  });
});
