import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { BoardStore, MeetingRef } from '../ports.ts';
import { type BoardDesk, createBoardDesk, keepEveryMs } from './board-desk.ts';

/** The whiteboards of the live meetings, and of those that ended and are not kept yet. */
export interface Boards {
  /** The one board of this meeting: also when it begins again before its board was kept. */
  of(meeting: MeetingRef): BoardDesk;
  /** Nobody is in the meeting any more. */
  rest(meetingId: string): void;
  /** Keeps every board; for the end of the service. */
  flush(): Promise<void>;
}

export function createBoards(deps: { store: BoardStore; clock: Clock; log: Logger; signal: AbortSignal }): Boards {
  const { clock, signal } = deps;
  const desks = new Map<string, BoardDesk>();
  const resting = new Set<string>();

  async function putAway(meetingId: string, desk: BoardDesk): Promise<void> {
    await desk.flush();
    while (!desk.isKept()) {
      await clock.sleep(keepEveryMs, { signal });
      await desk.flush();
    }
    // Unless the meeting began again meanwhile.
    if (desks.get(meetingId) !== desk || !resting.delete(meetingId)) return;
    desks.delete(meetingId);
  }

  return {
    of(meeting) {
      resting.delete(meeting.meetingId);
      const known = desks.get(meeting.meetingId);
      if (known) return known;
      const desk = createBoardDesk({ meeting, ...deps });
      desks.set(meeting.meetingId, desk);
      return desk;
    },
    rest(meetingId) {
      const desk = desks.get(meetingId);
      if (desk === undefined) return;
      resting.add(meetingId);
      putAway(meetingId, desk).catch(() => undefined); // The service ends, and flushes.
    },
    async flush() {
      await Promise.all([...desks.values()].map((desk) => desk.flush()));
    },
  };
}
