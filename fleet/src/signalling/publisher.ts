import type { IceCandidate } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { JanusHandle, JanusHandleEvent } from '../media-nodes/janus-client.ts';
import type { RoomHost } from '../media-nodes/room-host.ts';
import { askForKeyFrame, type MediaKind, moderate, publish, type Room, readTalking } from '../media-nodes/videoroom.ts';
import { type CandidateGate, createCandidateGate } from './candidate-gate.ts';
import { createKeyFrameRequests } from './key-frame-requests.ts';
import { maxEarlyCandidates } from './limits.ts';
import type { Publication } from './members.ts';
import { receivedStreams } from './sdp-streams.ts';

/** What a participant sends: one peer connection at a time, each under a feed name of its own. */
export interface Publisher {
  /** Replaces what was published before; resolves with the answer. `openCandidates` follows once the client has it. */
  publish(offer: string, signal: AbortSignal): Promise<string>;
  openCandidates(): void;
  candidate(candidate: IceCandidate | null): void;
  /** Somebody receives `feed` from now on, and is in the middle of its pictures. */
  requestKeyFrame(feed: string): void;
  /** What a host keeps closed: nobody receives these kinds, now and of every later publication. */
  close(kinds: ReadonlySet<MediaKind>): void;
  dispose(): void;
}

export type PublisherDeps = {
  host: RoomHost;
  room: Room;
  nextFeed: () => string;
  onCandidate: (candidate: IceCandidate | null) => void;
  /** Others can subscribe from now on. */
  onLive: (publication: Publication) => void;
  onGone: (feed: string) => void;
  onTalking: (isTalking: boolean) => void;
  /** What was published had to be ended; the client is to publish anew. */
  onUnmoderated: () => void;
  clock: Clock;
  log: Logger;
};

type Attempt = {
  feed: string;
  streams: Publication['streams'];
  isUp: boolean;
  /** Its answer is there, and what hosts keep closed is closed. */
  isAnnounceable: boolean;
  handle: JanusHandle | null;
  toClient: CandidateGate;
  toJanus: CandidateGate;
  received: number;
  ended: AbortController;
  keyFrames: ReturnType<typeof createKeyFrameRequests>;
  /** What the media server was told to forward nothing of. */
  closed: ReadonlySet<MediaKind>;
  /** The moderation before has been carried out; each waits for the last. */
  moderated: Promise<void>;
};

export function createPublisher(deps: PublisherDeps): Publisher {
  let current: Attempt | null = null;
  let closed: ReadonlySet<MediaKind> = new Set();

  /** Brings the media server to what hosts decided. A publication that cannot be closed is ended: nobody hears it. */
  function moderateAttempt(attempt: Attempt): Promise<void> {
    attempt.moderated = attempt.moderated
      .then(() => bringTo(attempt, closed))
      .catch((error: unknown) => {
        if (attempt !== current) return;
        deps.log.warn({ err: error }, 'not moderated: the publication ends');
        drop();
        deps.onUnmoderated();
      });
    return attempt.moderated;
  }

  async function bringTo(attempt: Attempt, wanted: ReadonlySet<MediaKind>): Promise<void> {
    const { handle, feed, ended } = attempt;
    if (handle === null || attempt !== current) return;
    for (const { mid, kind } of attempt.streams) {
      const isMuted = wanted.has(kind);
      if (isMuted === attempt.closed.has(kind)) continue;
      await moderate(handle, { room: deps.room, feed, mid, isMuted }, ended.signal);
    }
    attempt.closed = wanted;
  }

  function drop(): void {
    const last = current;
    current = null;
    if (!last) return;
    last.ended.abort();
    last.handle?.detach();
    deps.onGone(last.feed);
  }

  function announce(attempt: Attempt): void {
    if (attempt === current && attempt.isUp && attempt.isAnnounceable && attempt.streams.length > 0) {
      deps.onLive({ feed: attempt.feed, streams: attempt.streams });
    }
  }

  function onEvent(attempt: Attempt, event: JanusHandleEvent): void {
    if (attempt !== current) return;
    switch (event.kind) {
      case 'candidate':
        attempt.toClient.push(event.candidate);
        break;
      case 'webrtcUp':
        attempt.isUp = true;
        announce(attempt);
        break;
      case 'hangup':
      case 'detached':
        drop();
        break;
      case 'plugin': {
        const talking = readTalking(event.data);
        if (talking?.feed === attempt.feed) deps.onTalking(talking.isTalking);
      }
    }
  }

  return {
    async publish(offer, signal) {
      drop();
      const ended = new AbortController();
      const attempt: Attempt = {
        feed: deps.nextFeed(),
        streams: [],
        isUp: false,
        isAnnounceable: false,
        handle: null,
        toClient: createCandidateGate(deps.onCandidate),
        toJanus: createCandidateGate((candidate) => attempt.handle?.trickle(candidate)),
        received: 0,
        ended,
        closed: new Set(),
        moderated: Promise.resolve(),
        keyFrames: createKeyFrameRequests({
          ask: async () => {
            if (attempt.handle) await askForKeyFrame(attempt.handle, ended.signal);
          },
          // The receiver asks by itself, only later.
          onFault: (error) => deps.log.debug({ err: error }, 'key frame not asked for'),
          clock: deps.clock,
          signal: ended.signal,
        }),
      };
      current = attempt;
      try {
        const handle = await deps.host.takeHandle((event) => onEvent(attempt, event), signal);
        if (attempt !== current) {
          handle.detach();
          throw new Error('publishing was replaced');
        }
        attempt.handle = handle;
        const answering = publish(handle, { room: deps.room, feed: attempt.feed, offer }, signal);
        attempt.toJanus.open();
        const answer = await answering;
        attempt.streams = receivedStreams(answer);
        // Before anybody can subscribe to it.
        if (closed.size > 0) await moderateAttempt(attempt);
        if (attempt !== current) throw new Error('publishing was replaced');
        attempt.isAnnounceable = true;
        announce(attempt);
        return answer;
      } catch (error) {
        if (attempt === current) drop();
        throw error;
      }
    },
    openCandidates: () => current?.toClient.open(),
    candidate(candidate) {
      if (!current || current.received >= maxEarlyCandidates) return;
      current.received += 1;
      current.toJanus.push(candidate);
    },
    requestKeyFrame(feed) {
      if (current?.feed === feed) current.keyFrames.request();
    },
    close(kinds) {
      if (kinds.size === closed.size && [...kinds].every((kind) => closed.has(kind))) return;
      closed = kinds;
      if (current?.isAnnounceable) void moderateAttempt(current);
    },
    dispose: drop,
  };
}
