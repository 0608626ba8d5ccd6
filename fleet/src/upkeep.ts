import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Authority, ServerCredentials } from './enrolment/authority.ts';
import type { Services } from './services.ts';
import type { SignallingService } from './signalling/ports.ts';

/** What a running fleet looks after by itself; each loop ends when its signal aborts. */

const seatsEveryMs = 2_000;
const credentialsEveryMs = 60_000;
const closingsEveryMs = 60_000;

/**
 * Ends meetings that are over, tells live ones what changed of them and takes out whoever may not be there any more, all
 * of it also when another process decided it; gives back the seats of the dead; what rang long enough is missed.
 */
export async function keepSeats(deps: {
  services: Services;
  signalling: () => Pick<
    SignallingService,
    'liveMeetings' | 'endMeeting' | 'changeMeeting' | 'removeParticipant'
  > | null;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { services, signalling, clock, log, signal } = deps;
  while (!signal.aborted) {
    try {
      await services.meetings.closeOver();
      const live =
        signalling()
          ?.liveMeetings()
          .map(({ meetingId }) => meetingId) ?? [];
      for (const id of await services.meetings.listOver(live)) signalling()?.endMeeting(id, 'meeting_ended');
      for (const { id, ...change } of await services.meetings.listTimes(live)) signalling()?.changeMeeting(id, change);
      for (const { meetingId, participantId } of await services.seats.listStrangers(live))
        signalling()?.removeParticipant(meetingId, participantId, 'revoked');
      await services.seats.releaseExpired();
      await services.waiting.forgetGone();
      await services.shortages.closeEnded();
      await services.rings.expire();
    } catch (error) {
      log.warn({ err: error }, 'seats could not be kept, trying again');
    }
    await clock.sleep(seatsEveryMs, { signal }).catch(() => {}); // aborted: the condition ends the loop
  }
}

/** Organizations that asked to be closed are, and what is left of those that ended is purged. */
export async function keepClosings(deps: {
  services: Services;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { services, clock, log, signal } = deps;
  while (!signal.aborted) {
    try {
      await services.closings.runDue({ signal });
    } catch (error) {
      log.warn({ err: error }, 'closing organizations could not be looked after, trying again');
    }
    await clock.sleep(closingsEveryMs, { signal }).catch(() => {}); // aborted: the condition ends the loop
  }
}

/** Terminals find this machine under addresses that may change while it runs, and server certificates end. */
export async function keepCredentialsFresh(deps: {
  authority: Authority;
  /** Hands new credentials to every door of the terminals. */
  onRenewed: (credentials: ServerCredentials) => void;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { authority, onRenewed, clock, log, signal } = deps;
  while (!signal.aborted) {
    await clock.sleep(credentialsEveryMs, { signal }).catch(() => {}); // aborted: the condition ends the loop
    if (signal.aborted) return;
    try {
      const { isChanged } = await authority.refreshServerCredentials();
      if (!isChanged) continue;
      onRenewed(authority.serverCredentials());
      log.info('server certificate renewed');
    } catch (error) {
      log.warn({ err: error }, 'server certificate could not be renewed, trying again');
    }
  }
}
