import type { IceCandidate } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { JanusHandle, JanusHandleEvent } from '../media-nodes/janus-client.ts';
import type { RoomHost } from '../media-nodes/room-host.ts';
import {
  chooseLayers,
  type Room,
  readLayer,
  type SubscriberLine,
  type SubscriberOffer,
  startSubscription,
  subscribe,
  updateSubscription,
  type VideoLayer,
  type WantedStream,
} from '../media-nodes/videoroom.ts';
import { type CandidateGate, createCandidateGate } from './candidate-gate.ts';
import type { ForwardedStream } from './forwarding.ts';
import { createLayerSwitches, type LayerSwitches } from './layer-switches.ts';
import { answerWithinMs, longestAnswerMs } from './limits.ts';
import { keyOf, planLayers, planSubscription } from './subscription-plan.ts';

/**
 * What a participant receives: one peer connection, offered by Janus and changed as `want` changes. One negotiation is
 * under way at a time; changes that come meanwhile are made together in the next.
 */
export interface Subscriber {
  want(streams: readonly ForwardedStream[]): void;
  /** False when there is no offer of this revision, and never was. */
  answer(revision: number, sdp: string): boolean;
  candidate(candidate: IceCandidate | null): void;
  /** The client lost its peer connection: offers a new one. */
  restart(): void;
  dispose(): void;
}

export type OfferToClient = { revision: number; isNew: boolean; offer: SubscriberOffer };

export type SubscriberDeps = {
  host: RoomHost;
  room: Room;
  /** Numbers every offer to one participant, over all of its connections. */
  nextRevision: () => number;
  onOffer: (offer: OfferToClient) => void;
  onCandidate: (candidate: IceCandidate | null) => void;
  /** The feed flows on a connection that was up already, of which Janus does not ask for a key frame by itself. */
  onKeyFrameWanted: (feed: string) => void;
  clock: Clock;
  log: Logger;
};

/** One peer connection: from its first offer to its end. */
type Connection = {
  ended: AbortController;
  handle: JanusHandle | null;
  lines: SubscriberLine[];
  /** The layers that Janus was asked for, by `keyOf`. */
  layers: ReadonlyMap<string, VideoLayer>;
  switches: LayerSwitches;
  toClient: CandidateGate;
};

class NoAnswer extends Error {}

const firstRetryMs = 100;
const longestRetryMs = 5_000;

export function createSubscriber(deps: SubscriberDeps): Subscriber {
  let wanted: readonly ForwardedStream[] = [];
  let revision = 0;
  let failures = 0;
  let unanswered = 0;
  let isDisposed = false;
  let isRunning = false;
  let connection = newConnection();
  let awaited: { revision: number; resolve: (sdp: string) => void } | null = null;

  function newConnection(): Connection {
    const ended = new AbortController();
    return {
      ended,
      switches: createLayerSwitches({ ...deps, signal: ended.signal }),
      handle: null,
      lines: [],
      layers: new Map(),
      toClient: createCandidateGate(deps.onCandidate),
    };
  }

  function end(reason: string): void {
    connection.ended.abort(new Error(reason));
    connection.handle?.detach();
    awaited = null;
  }

  function kick(): void {
    if (isRunning || isDisposed) return;
    isRunning = true;
    run().then(
      () => {
        isRunning = false;
      },
      (error: unknown) => {
        isRunning = false;
        if (!isDisposed) deps.log.error({ err: error }, 'subscription stopped');
      },
    );
  }

  async function run(): Promise<void> {
    while (!isDisposed) {
      const present = connection;
      try {
        if (!(await negotiate(present))) return;
        failures = 0;
      } catch (error) {
        if (isDisposed) return;
        if (present !== connection) continue; // Restarted: begin with the new connection at once.
        if (error instanceof NoAnswer) {
          deps.log.info({ unanswered }, 'subscribe offer not answered');
          renew('the offer was not answered');
          continue;
        }
        failures += 1;
        const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
        deps.log.warn({ err: error, delayMs }, 'subscription starts anew');
        await deps.clock.sleep(delayMs, { signal: present.ended.signal }).catch(() => undefined);
        if (present === connection) renew('negotiation failed');
      }
    }
  }

  function renew(reason: string): void {
    end(reason);
    connection = newConnection();
  }

  /** Makes one change; false when there is nothing to change. */
  async function negotiate(present: Connection): Promise<boolean> {
    const change = planSubscription(present.lines, wanted);
    const { signal } = present.ended;
    if (change === null) return await adjustLayers(present, signal);
    const isNew = present.handle === null;
    let offer: SubscriberOffer | null;
    if (present.handle === null) {
      const handle = await deps.host.takeHandle((event) => onEvent(present, event), signal);
      if (signal.aborted) handle.detach();
      signal.throwIfAborted();
      present.handle = handle;
      offer = await subscribe(handle, { room: deps.room, streams: change.subscribe }, signal);
    } else {
      offer = await updateSubscription(present.handle, change, signal);
    }
    const gone = new Set(change.unsubscribe.flatMap(({ source }) => (source ? [keyOf(source)] : [])));
    present.layers = new Map([...[...present.layers].filter(([key]) => !gone.has(key)), ...layersOf(change.subscribe)]);
    deps.log.debug({ isNew, change, lines: offer?.lines }, 'subscription changes');
    if (offer === null) {
      const dropped = new Set(change.unsubscribe);
      present.lines = present.lines.map((line) => (dropped.has(line) ? { ...line, source: null } : line));
      if (change.subscribe.length > 0) throw new Error('janus offered none of the new streams');
      return true;
    }
    present.lines = offer.lines;
    revision = deps.nextRevision();
    const answer = waitForAnswer(revision, signal);
    deps.onOffer({ revision, isNew, offer });
    present.toClient.open();
    const sdp = await answer;
    unanswered = 0;
    await startSubscription(present.handle, sdp, signal);
    for (const { feed, mid, layer } of change.subscribe) {
      const line = present.lines.find(({ source }) => source?.feed === feed && source.mid === mid);
      if (line && layer) present.switches.expect(line.mid, { feed, layer });
    }
    if (!isNew) for (const feed of new Set(change.subscribe.map((stream) => stream.feed))) deps.onKeyFrameWanted(feed);
    return true;
  }

  /** Without a negotiation; false when every line carries the layer that is wanted. */
  async function adjustLayers(present: Connection, signal: AbortSignal): Promise<boolean> {
    const changes = planLayers(present.lines, present.layers, wanted);
    if (present.handle === null || changes.length === 0) return false;
    await chooseLayers(present.handle, changes, signal);
    for (const { line, source, layer } of changes) present.switches.expect(line.mid, { feed: source.feed, layer });
    present.layers = new Map([
      ...present.layers,
      ...changes.map(({ source, layer }) => [keyOf(source), layer] as const),
    ]);
    deps.log.debug({ changes }, 'layers change');
    return true;
  }

  function waitForAnswer(expected: number, signal: AbortSignal): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const timer = new AbortController();
    awaited = { revision: expected, resolve };
    const waitMs = Math.min(longestAnswerMs, answerWithinMs * 2 ** unanswered);
    deps.clock.sleep(waitMs, { signal: AbortSignal.any([signal, timer.signal]) }).then(
      () => {
        unanswered += 1;
        reject(new NoAnswer(`no answer to offer ${expected} in ${waitMs} ms`));
      },
      (error: unknown) => reject(error), // Changes nothing when it was answered.
    );
    return promise.finally(() => {
      timer.abort();
      if (awaited?.revision === expected) awaited = null;
    });
  }

  function onEvent(present: Connection, event: JanusHandleEvent): void {
    if (present !== connection) return;
    if (event.kind === 'candidate') present.toClient.push(event.candidate);
    const layer = event.kind === 'plugin' ? readLayer(event.data) : null;
    if (layer) present.switches.follow(layer.mid, layer.layer);
    // A connection that broke is restarted by the client, which knows whether it can take a new one: `resubscribe`.
    if (event.kind === 'hangup') deps.log.info({ reason: event.reason }, 'subscription hung up');
  }

  return {
    want(streams) {
      wanted = streams;
      kick();
    },
    answer(answered, sdp) {
      if (awaited?.revision === answered) awaited.resolve(sdp);
      return answered <= revision;
    },
    candidate: (candidate) => connection.handle?.trickle(candidate),
    restart() {
      unanswered = 0;
      renew('restarted by the client');
      kick();
    },
    dispose() {
      isDisposed = true;
      end('the participant left');
    },
  };
}

function layersOf(streams: readonly WantedStream[]): [string, VideoLayer][] {
  return streams.flatMap((stream): [string, VideoLayer][] => (stream.layer ? [[keyOf(stream), stream.layer]] : []));
}
