import type { MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { silentTalk } from '@anteroom/ui/signalling/meeting-talk.ts';
import { expect, it } from 'vitest';
import { type JoinedState, nextStage, type Obstacle, type Stage, type StageEvent } from './stage.ts';

const door: MeetingDoor = {
  number: '418205736',
  subject: 'Design review',
  organizerName: 'Lin Yuehan',
  startAt: '2026-03-02T10:00:00.000Z',
  endAt: '2026-03-02T11:00:00.000Z',
  timeZone: 'Asia/Shanghai',
  state: 'scheduled',
  needsPassword: false,
  waitsForHost: false,
  visitor: null,
  isTrial: false,
  roomName: 'Cedar, Shanghai',
};
const joined: JoinedState = {
  phase: 'joined',
  participantId: newId('participant'),
  meeting: {
    meetingId: newId('meeting'),
    number: door.number,
    subject: door.subject,
    startAt: door.startAt,
    endAt: door.endAt,
  },
  roster: [],
  talk: silentTalk,
  remotes: new Map(),
  content: null,
  share: { phase: 'off', end: null },
  media: { isMicrophoneOn: true, isCameraOn: true },
  isReconnecting: false,
};
const noAnswer: Obstacle = { kind: 'noAnswer' };
const before: Stage = { name: 'door', door, obstacle: null };
const entering: Stage = { name: 'entering', door, held: null, notice: null };
const inside: Stage = { name: 'in', door, client: joined };

it.each<[string, Stage, StageEvent, Stage]>([
  ['sees the door', { name: 'looking' }, { type: 'looked', door }, before],
  [
    'finds no door',
    { name: 'looking' },
    { type: 'lookFailed', obstacle: noAnswer },
    { name: 'noDoor', obstacle: noAnswer },
  ],
  ['finds the door after all', { name: 'noDoor', obstacle: noAnswer }, { type: 'looked', door }, before],
  ['keeps a door that was seen', before, { type: 'lookFailed', obstacle: noAnswer }, before],
  ['goes in', before, { type: 'joinPressed' }, entering],
  [
    'is told why not',
    entering,
    { type: 'enterFailed', obstacle: noAnswer },
    { name: 'door', door, obstacle: noAnswer },
  ],
  ['is in', entering, { type: 'client', state: joined }, inside],
  [
    'waits while the client tries again',
    entering,
    { type: 'client', state: { phase: 'refused', reason: 'media_unavailable', isTryingAgain: true } },
    { name: 'entering', door, held: 'media_unavailable', notice: null },
  ],
  [
    'waits at the door and reads why, and what the host says',
    entering,
    { type: 'client', state: { phase: 'held', reason: 'waiting_room', notice: 'Two minutes, please.' } },
    { name: 'entering', door, held: 'waiting_room', notice: 'Two minutes, please.' },
  ],
  [
    'is refused for good',
    entering,
    { type: 'client', state: { phase: 'refused', reason: 'invited_only', isTryingAgain: false } },
    { name: 'door', door, obstacle: { kind: 'refused', reason: 'invited_only' } },
  ],
  ['thinks again', { ...entering, held: 'media_unavailable' }, { type: 'cancelled' }, before],
  [
    'leaves',
    inside,
    { type: 'client', state: { phase: 'ended', reason: 'left' } },
    { name: 'out', door, reason: 'left' },
  ],
  ['goes in again', { name: 'out', door, reason: 'left' }, { type: 'joinPressed' }, entering],
])('%s', (_title, stage, event, expected) => {
  expect(nextStage(stage, event)).toEqual(expected);
});

it.each<[Stage, StageEvent]>([
  [inside, { type: 'joinPressed' }],
  [inside, { type: 'looked', door }],
  [before, { type: 'client', state: joined }],
  [
    { name: 'out', door, reason: 'left' },
    { type: 'client', state: { phase: 'ended', reason: 'left' } },
  ],
])('stays the same when the event means nothing', (stage, event) => {
  expect(nextStage(stage, event)).toBe(stage);
});
