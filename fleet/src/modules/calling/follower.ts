import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { Logger } from 'pino';
import type { FleetDatabase } from '../../db/database.ts';
import type { Call, Calling } from '../../signalling/ports.ts';
import type { ChangesService } from '../changes/service.ts';
import { kindOf, type NamedRing, type RingsService } from '../rings/service.ts';

/**
 * Tells live meetings what became of their calls: rings are answered and declined by clients and terminals, and missed by
 * the clock, anywhere in the fleet.
 */
export function createCallFollower(deps: {
  db: FleetDatabase;
  changes: ChangesService;
  rings: RingsService;
  log: Logger;
}): {
  follow: Calling['follow'];
  /** Reads a followed meeting again at once, after a change of this process. */
  look: (meetingId: MeetingId) => void;
} {
  const { db, changes, rings, log } = deps;
  const looks = new Map<MeetingId, () => void>();

  return {
    look: (meetingId) => looks.get(meetingId)?.(),
    follow(meeting, listener) {
      const { orgId, meetingId } = meeting;
      let isReading = false;
      let isChanged = false;
      let isOver = false;

      async function read(): Promise<void> {
        isReading = true;
        try {
          while (isChanged && !isOver) {
            isChanged = false;
            const found = await rings.listOfMeeting(db, { orgId }, meetingId);
            if (!isOver) listener(found.filter(isListed).map(toCall));
          }
        } finally {
          isReading = false;
        }
      }

      /** Changes that come while it is read are read in one more go. */
      function look(): void {
        isChanged = true;
        if (isReading) return;
        read().catch((error: unknown) => log.warn({ err: error, meetingId }, 'calls of a meeting not read'));
      }

      const stop = changes.listen({ orgId }, ({ topic }) => {
        if (topic === 'rings') look();
      });
      looks.set(meetingId, look);
      look();
      return () => {
        isOver = true;
        stop();
        if (looks.get(meetingId) === look) looks.delete(meetingId);
      };
    },
  };
}

/** A host took it off; missed calls are put away by whoever missed them, which changes nothing here. */
function isListed({ state, dismissedAt }: NamedRing): boolean {
  return state !== 'unreachable' || dismissedAt === null;
}

function toCall(ring: NamedRing): Call {
  const { calleeId, calleeName: name, state, calledAt, ringUntil, settledAt } = ring;
  return { calleeId, kind: kindOf(ring), name, state, calledAt, ringUntil, settledAt };
}
