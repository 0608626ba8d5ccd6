import { newId } from '@anteroom/shared/ids.ts';
import { openControls } from '@anteroom/shared/meeting/control.ts';
import type { TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
import type { ClientMessage, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import type { BoardChannelEvent } from '@anteroom/shared/whiteboard/board-channel.ts';
import { pino } from 'pino';
import { isBoardShown } from '../../meeting/board.ts';
import { mediaAtRemoteStart } from '../../meeting/remote-start.ts';
import type { Call, HostWish, Meeting } from '../../meeting/types.ts';
import { watermarkOf } from '../../meeting/watermark.ts';
import type { Document } from '../../ports/store.ts';
import { createBoardPictures } from '../board-picture.ts';
import { type CallRunner, createCallRunner } from '../call.ts';
import type { CallMemory } from '../call-memory.ts';
import { createMeetings } from '../meetings.ts';
import { createScriptedMedia } from './scripted-media.ts';

export const open = { isMicrophoneOn: true, isCameraOn: true };
export const ownId = newId('participant');
export const startAt = '2026-01-05T09:00:00.000Z';
export const meeting: Meeting = {
  meetingId: newId('meeting'),
  number: '123456789',
  subject: 'Design review',
  organizerName: 'Ada',
  startAt,
  endAt: '2026-01-05T10:00:00.000Z',
  timeZone: 'Europe/London',
  ticket: 'ticket-1',
  ringUntil: null,
  callerName: null,
};

/** A room with the real state machine and runner, scripted media, and a line whose other end is the test. */
export function createRoom({
  isLineOpen = true,
  isPublishing = true,
  hostWish = 'asked' as HostWish['manner'],
  settings = null as TerminalSettings | null,
} = {}) {
  const clock = createManualClock(new Date(startAt));
  const media = createScriptedMedia();
  const sent: ClientMessage[] = [];
  const boardEvents: BoardChannelEvent[] = [];
  const announced: string[] = [];
  let connection: number | null = isLineOpen ? 1 : null;
  let hangUps = 0;
  let isMutedInRoom = false;
  const memory: { value: CallMemory | null } = { value: null };
  const document: Document<CallMemory> = {
    read: () => Promise.resolve(memory.value),
    write: (value) => {
      memory.value = value;
      return Promise.resolve();
    },
    remove: () => {
      memory.value = null;
      return Promise.resolve();
    },
  };
  const log = pino({ level: 'silent' });
  const meetings = createMeetings({
    ...{
      clock,
      serverNow: () => clock.now(),
      log,
      ringManner: () => 'ring',
      mediaAtRemoteStart: () => mediaAtRemoteStart(settings),
    },
    run: (effect) => runner.run(effect),
  });
  const boardPictures = createBoardPictures({
    isShown: () => isBoardShown(meetings.call()),
    label: () => 'Whiteboard',
  });
  const runner: CallRunner = createCallRunner({
    rememberMissed: () => {},
    onFound: () => {},
    feedBoard: (event) => void boardEvents.push(event),
    hostWishManner: () => hostWish,
    line: {
      connection: () => connection,
      send: (message) => void sent.push(message),
      hangUp: () => {
        hangUps += 1;
      },
      want: () => {},
      reconnect: () => {},
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    ...{ media, isPublishing, clock, log, memory: () => document },
    volumePercent: () => 60,
    watermark: () => watermarkOf(meetings.call()),
    board: boardPictures.shown,
    isMutedInRoom: () => isMutedInRoom,
    caption: ({ subject }) => ({ title: subject, detail: '' }),
    shareLabel: (name) => name,
    ownShareLabel: () => 'this room',
    announce: (kind) => void announced.push(kind),
    onPeripheral: () => {},
    dispatch: (event) => meetings.dispatch(event),
  });
  meetings.onChange(() => runner.applyStage());
  /** Lets promises that are on their way arrive. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    ...{ clock, media, meetings, runner, memory, announced, settle, boardPictures },
    call: (): Call => meetings.call(),
    hangUps: () => hangUps,
    /** What the screens heard of the whiteboard since it was last asked. */
    boardEvents: () => boardEvents.splice(0),
    /** What was sent since it was last asked, in short. */
    sent: () =>
      sent.splice(0).map((message) => {
        if (message.type === 'join') return `join ${message.ticket} ${message.offer ?? 'watching'}`;
        if (message.type === 'share') return `share ${message.offer}${message.takesOver ? ' taking over' : ''}`;
        return message.type === 'publish' ? `publish ${message.offer}` : message.type;
      }),
    /** The same, whole. */
    sentMessages: () => sent.splice(0),
    async receive(message: ServerMessage) {
      runner.follow({ type: 'message', message });
      await settle();
    },
    pressMuteKey(isDown: boolean) {
      isMutedInRoom = isDown;
      runner.tellRoomMute();
    },
    async loseLine() {
      connection = null;
      runner.follow({ type: 'lost', detail: 'cut by the test' });
      await settle();
    },
    async openLine(number: number) {
      connection = number;
      runner.follow({ type: 'opened' });
      await settle();
    },
    async press() {
      meetings.dispatch({ from: 'room', type: 'join', meeting, media: open });
      await settle();
    },
  };
}

export const joined = (answer?: string): Extract<ServerMessage, { type: 'joined' }> => ({
  ...{ type: 'joined', participantId: ownId, roster: [], revision: 1, chat: [] },
  content: null,
  controls: openControls,
  meeting: {
    meetingId: meeting.meetingId,
    number: '123456789',
    subject: meeting.subject,
    startAt,
    endAt: meeting.endAt,
  },
  ...(answer === undefined ? {} : { answer }),
});
export const connected = { type: 'connection', connection: 'publish', state: 'connected' } as const;
