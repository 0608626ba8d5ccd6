import { randomUUID } from 'node:crypto';
import type { IceCandidate } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { RoomHost } from '../media-nodes/room-host.ts';
import { createCandidateGate } from './candidate-gate.ts';
import { probeForMs, probeRoomSettings, probesAtOnce, probesPerAddress } from './limits.ts';
import { createPublisher } from './publisher.ts';

/**
 * Tests of the way to the media server, for browsers without a meeting: a connection that carries one sound into a room
 * in which nobody can subscribe. It needs no ticket, so there are few at once, each is short, and a place is free again
 * only when its time is over, however early its browser went.
 */
export interface MediaProbes {
  /** The room of all tests of this process, made with the first. */
  readonly roomId: string;
  /** Null when there is no media server now, or when as many tests run as may. */
  begin(options: {
    address: string;
    onCandidate: (candidate: IceCandidate | null) => void;
    signal: AbortSignal;
  }): MediaProbe | null;
}

export interface MediaProbe {
  /** The media server's answer; candidates may follow from both sides. */
  answer(offer: string): Promise<string>;
  /** The client has the answer. */
  openCandidates(): void;
  candidate(candidate: IceCandidate | null): void;
}

/** Why this offer, which is well-formed, is no test's; null when it is one. */
export function faultOfProbe(offer: string): string | null {
  const kinds = [...offer.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind);
  return kinds.length === 1 && kinds[0] === 'audio' ? null : 'a test sends one sound and no picture';
}

export function createMediaProbes(deps: {
  host: () => RoomHost | null;
  clock: Clock;
  log: Logger;
  /** Of the service. */
  signal: AbortSignal;
}): MediaProbes {
  const { host, clock, log } = deps;
  const roomId = `probe-${randomUUID()}`;
  const running = new Set<{ address: string }>();
  let begun = 0;

  function isCrowded(address: string): boolean {
    const ofAddress = [...running].filter((probe) => probe.address === address);
    return running.size >= probesAtOnce || ofAddress.length >= probesPerAddress;
  }

  return {
    roomId,
    begin({ address, onCandidate, signal }) {
      const on = host();
      if (!on || isCrowded(address)) return null;
      const place = { address };
      running.add(place);
      const timeIsOver = new AbortController();
      const end = () => {
        running.delete(place);
        timeIsOver.abort(new Error('the test is over'));
      };
      clock.sleep(probeForMs, { signal: deps.signal }).then(end, end);
      const ending = AbortSignal.any([signal, timeIsOver.signal]);
      begun += 1;
      const feed = `probe.${begun}`;
      return createMediaProbe({ host: on, roomId, feed, onCandidate, clock, log, signal: ending });
    },
  };
}

function createMediaProbe(deps: {
  host: RoomHost;
  roomId: string;
  feed: string;
  onCandidate: (candidate: IceCandidate | null) => void;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
}): MediaProbe {
  const { host, roomId, feed, signal } = deps;
  const nothing = () => undefined;
  const toPublisher = createCandidateGate((candidate) => publishing?.candidate(candidate));
  let publishing: ReturnType<typeof createPublisher> | null = null;
  signal.addEventListener('abort', () => publishing?.dispose(), { once: true });
  return {
    async answer(offer) {
      const room = await host.room(roomId, probeRoomSettings, signal);
      signal.throwIfAborted();
      publishing = createPublisher({
        ...{ ...deps, room, nextFeed: () => feed },
        // Nobody is told of it, and nobody hears it.
        ...{ onLive: nothing, onGone: nothing, onTalking: nothing, onUnmoderated: nothing },
      });
      const answering = publishing.publish(offer, signal);
      toPublisher.open();
      return await answering;
    },
    openCandidates: () => publishing?.openCandidates(),
    candidate: toPublisher.push,
  };
}
