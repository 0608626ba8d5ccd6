import type { JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { DoorApi } from '../door/door-api.ts';
import { found } from './findings.ts';
import { probeMediaPath } from './media-probe.ts';
import { findDoor, type Refused } from './meeting-door.ts';
import { findPath } from './path.ts';
import type { Check } from './run-checks.ts';

/** Tests of the way to the meeting: signalling, media and the meeting's own door. */
export type NetworkCheckDeps = {
  signalUrl: string;
  page: Window;
  doorApi: DoorApi;
  /** The meeting that somebody cannot join, and how their last try ended. */
  number: string | null;
  refused: Refused | null;
  timeOf: (at: Date) => string;
  refusalWords: (reason: JoinRefusal) => string;
};

const openWithinMs = 5_000;

export function createNetworkChecks(deps: NetworkCheckDeps) {
  const { signalUrl, page, doorApi, number, refused, timeOf, refusalWords } = deps;

  const signalling: Check = async ({ signal }) => {
    if (!page.navigator.onLine) return found('signalling.offline');
    const startedMs = performance.now();
    const isOpen = await canOpen(signalUrl, signal);
    return isOpen
      ? found('signalling.good', { openedMs: Math.round(performance.now() - startedMs) })
      : found('signalling.bad');
  };

  const media: Check = async ({ before, signal }) => {
    const hasSignalling = before.some(({ code }) => code === 'signalling.good');
    return findPath(hasSignalling ? await probeMediaPath(signalUrl, { signal }) : { kind: 'noSignalling' });
  };

  const meeting: Check = async ({ signal }) => {
    if (number === null) return found('meeting.none');
    const answer = await doorApi.look(number, { signal });
    // Whoever needs a password is told nothing without it; a fleet from before has no such answer.
    const asks = answer.ok && !answer.value.needsPassword;
    const asked = asks ? await doorApi.outlook(number, { signal }) : null;
    const outlook = asked?.ok ? asked.value : null;
    return findDoor(answer, { refused, outlook, now: new Date(), timeOf, refusalWords });
  };

  return { signalling, media, meeting };
}

function canOpen(url: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(openWithinMs)]);
    const end = (isOpen: boolean) => {
      socket.onopen = null;
      socket.onclose = null;
      socket.close();
      resolve(isOpen);
    };
    socket.onopen = () => end(true);
    socket.onclose = () => end(false);
    limit.addEventListener('abort', () => end(false), { once: true });
  });
}
