import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { BoardPoint } from '@anteroom/shared/whiteboard/point.ts';
import { type Bucket, fullBucket, type RateLimit, takeToken } from '../rate-limit.ts';
import type { Session } from '../session.ts';

/** Where everybody points at on a board, passed on and not kept. A point that comes too fast is left out: the next says more. */
export interface BoardPointing {
  point(session: Session, participantId: ParticipantId, at: BoardPoint | null): void;
  /** They point no more. */
  leave(session: Session): void;
}

const burst = 4;
const mostPerSecond = 15;
/** The more look on, the slower each points, but for what the eye needs to follow at all. */
const leastPerSecond = 2;
const framesPerSecond = 1_000;

/** How fast one of `readers` may point. */
export function pointRateFor(readers: number): RateLimit {
  const perSecond = Math.floor(framesPerSecond / Math.max(1, readers));
  return { burst, perSecond: Math.min(mostPerSecond, Math.max(leastPerSecond, perSecond)) };
}

export function createBoardPointing({
  readers,
  clock,
}: {
  readers: () => Iterable<Session>;
  clock: Clock;
}): BoardPointing {
  const pointers = new Map<Session, { participantId: ParticipantId; bucket: Bucket; isShown: boolean }>();

  function tell(from: Session, participantId: ParticipantId, at: BoardPoint | null): void {
    const message: ServerMessage = { type: 'boardPointed', participantId, at };
    const frame = JSON.stringify(message);
    for (const session of readers()) if (session !== from && session.isOpen()) session.sendFrame(frame);
  }

  return {
    point(session, participantId, at) {
      const nowMs = clock.monotonicMs();
      const limit = pointRateFor([...readers()].length);
      const pointer = pointers.get(session) ?? { participantId, bucket: fullBucket(limit, nowMs), isShown: false };
      pointers.set(session, pointer);
      if (at === null) {
        // Said once for each point that was shown, so it needs no limit of its own.
        if (pointer.isShown) tell(session, participantId, null);
        pointer.isShown = false;
        return;
      }
      const { isAllowed, bucket } = takeToken(pointer.bucket, limit, nowMs);
      pointer.bucket = bucket;
      if (!isAllowed) return;
      pointer.isShown = true;
      tell(session, participantId, at);
    },
    leave(session) {
      const pointer = pointers.get(session);
      pointers.delete(session);
      if (pointer?.isShown) tell(session, pointer.participantId, null);
    },
  };
}
