import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { BoardClientMessage, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { type BoardRefusal, maxBoardBytes } from '@anteroom/shared/whiteboard/limits.ts';
import { createPartReader, fromBase64, toBase64, toParts } from '@anteroom/shared/whiteboard/parts.ts';
import type { Logger } from 'pino';
import type { BoardStore, MeetingRef } from '../ports.ts';
import type { Session } from '../session.ts';
import { type BoardDocument, createBoardDocument } from './board-document.ts';
import { createBoardPointing } from './board-pointing.ts';

/**
 * The whiteboard of one meeting that somebody is in: sends each participant who asked for it what the others draw, and
 * keeps it in the store. Who is in the meeting was decided before; a session that ended is heard and told no more.
 */
export interface BoardDesk {
  handle(session: Session, participantId: ParticipantId, message: BoardClientMessage): Promise<void>;
  /** The session is no participant's any more: it points no more, and is told nothing. */
  leave(session: Session): void;
  /** Keeps what was not kept yet. Never rejects: what the store refuses is tried again. */
  flush(): Promise<void>;
  /** Whether everything is kept. */
  isKept(): boolean;
}

export type BoardDeskDeps = {
  meeting: MeetingRef;
  store: BoardStore;
  clock: Clock;
  log: Logger;
  /** Ends with the service. */
  signal: AbortSignal;
};

/** What is drawn in this time is kept in one go. */
export const keepEveryMs = 3_000;

export function createBoardDesk({ meeting, store, clock, log, signal }: BoardDeskDeps): BoardDesk {
  const readers = new Map<Session, ReturnType<typeof createPartReader>>();
  const pointing = createBoardPointing({ readers: () => readers.keys(), clock });
  let opening: Promise<BoardDocument | null> | null = null;
  let board: BoardDocument | null = null;
  let from: Session | null = null;
  let isKept = true;
  let isKeepingDue = false;
  let keeping = Promise.resolve();

  /** Null when the store does not give it; asked again by whoever asks next. */
  async function open(): Promise<BoardDocument | null> {
    try {
      const state = await store.load(meeting);
      board = createBoardDocument({ state, onUpdate });
      return board;
    } catch (error) {
      log.warn({ err: error }, 'whiteboard not opened');
      opening = null;
      return null;
    }
  }

  function onUpdate(update: Uint8Array): void {
    const frames = framesOf(update);
    for (const session of readers.keys()) {
      if (!session.isOpen()) readers.delete(session);
      else if (session !== from) for (const frame of frames) session.sendFrame(frame);
    }
    isKept = false;
    keepSoon();
  }

  function keepSoon(): void {
    if (isKeepingDue) return;
    isKeepingDue = true;
    clock.sleep(keepEveryMs, { signal }).then(
      () => {
        isKeepingDue = false;
        keep();
      },
      () => undefined, // The service ends, and flushes.
    );
  }

  function keep(): void {
    keeping = keeping
      .then(async () => {
        if (isKept || board === null) return;
        isKept = true;
        await store.save(meeting, { state: board.state(), elements: board.elements() });
      })
      .catch((error: unknown) => {
        isKept = false;
        log.warn({ err: error }, 'whiteboard not saved');
        keepSoon();
      });
  }

  async function sync(session: Session, stateVector: Uint8Array): Promise<void> {
    opening ??= open();
    const opened = await opening;
    if (!session.isOpen()) return;
    if (opened === null) {
      session.send({ type: 'boardRefused', reason: 'board_unavailable' });
      return;
    }
    let missing: Uint8Array;
    try {
      missing = opened.missingFrom(stateVector);
    } catch {
      session.fault({ code: 'request_invalid', detail: 'stateVector' });
      return;
    }
    readers.set(session, createPartReader(maxBoardBytes));
    for (const frame of framesOf(missing)) session.sendFrame(frame);
    askForMissing(session, opened);
  }

  function askForMissing(session: Session, { stateVector }: BoardDocument): void {
    session.send({ type: 'boardSync', stateVector: toBase64(stateVector()) });
  }

  function take(session: Session, message: Extract<BoardClientMessage, { type: 'boardUpdate' }>): void {
    const read = readers.get(session);
    if (read === undefined || board === null) {
      session.fault({ code: 'message_out_of_place', detail: 'the board was not asked for' });
      return;
    }
    const result = read(message);
    if (!result.isWhole) {
      if (result.isTooLarge && message.isLast) refuse(session, 'board_full');
      return;
    }
    from = session;
    const verdict = board.take(result.bytes);
    from = null;
    if (verdict === 'incomplete') askForMissing(session, board);
    else if (verdict !== 'taken') refuse(session, verdict);
  }

  /** Its board is not the meeting's any more: nothing is taken from it until it asked for it anew. */
  function refuse(session: Session, reason: BoardRefusal): void {
    readers.delete(session);
    session.send({ type: 'boardRefused', reason });
  }

  return {
    async handle(session, participantId, message) {
      if (message.type === 'boardSync') await sync(session, fromBase64(message.stateVector));
      else if (message.type === 'boardPoint') {
        // Whoever was refused meanwhile asks anew; a point of before needs no answer.
        if (readers.has(session)) pointing.point(session, participantId, message.at);
      } else take(session, message);
    },
    leave(session) {
      readers.delete(session);
      pointing.leave(session);
    },
    async flush() {
      keep();
      await keeping;
    },
    isKept: () => isKept,
  };
}

function framesOf(update: Uint8Array): string[] {
  return toParts(update).map((part): string => {
    const message: ServerMessage = { type: 'boardUpdate', ...part };
    return JSON.stringify(message);
  });
}
