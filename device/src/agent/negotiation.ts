import { PROTOCOL_VERSION } from '@anteroom/shared/protocol/version.ts';
import type { ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { type MediaCall, MediaError } from '../ports/media.ts';
import type { SignallingLine } from '../signalling/line.ts';
import type { OngoingCall } from './ongoing-call.ts';

/** Brings offers and answers from a call's media process to the fleet and back. Whether it shall is decided elsewhere. */
export interface Negotiation {
  /** Asks the fleet to let this room in, with the offer in the same message. */
  ask(call: OngoingCall): Promise<void>;
  publish(call: OngoingCall, options: { resubscribes: boolean }): Promise<void>;
  /** Publishes again in a moment: the fleet's media server is away. */
  publishLater(call: OngoingCall): Promise<void>;
  /** The fleet's answer to an offer of `mediaCall`. */
  applyAnswer(call: OngoingCall, answer: string, mediaCall: MediaCall | null): void;
  answerOffer(call: OngoingCall, message: Extract<ServerMessage, { type: 'offer' }>): Promise<void>;
}

/** How long the fleet's media server is given. */
const publishAgainMs = 300;

export function createNegotiation(deps: {
  line: SignallingLine;
  isPublishing: boolean;
  clock: Clock;
  log: Logger;
}): Negotiation {
  const { line, isPublishing, clock, log } = deps;

  /** The offer of the present media process, made anew when the last one was used; null when it cannot be had. */
  async function makeOffer(call: OngoingCall, mediaCall: MediaCall): Promise<string | null> {
    const { signal } = call.ended;
    try {
      const offer = await (call.isOfferUsed ? mediaCall.republish({ signal }) : mediaCall.publishOffer({ signal }));
      if (signal.aborted || call.mediaCall !== mediaCall) return null;
      call.isOfferUsed = false;
      return offer;
    } catch (cause) {
      // A death is an event of its own, and a call that ended needs no offer.
      if (!signal.aborted && !(cause instanceof MediaError)) throw cause;
      log.debug({ err: cause }, 'no offer');
      return null;
    }
  }

  async function ask(call: OngoingCall): Promise<void> {
    const connection = line.connection();
    if (connection === null || call.asked?.connection === connection) return;
    const { mediaCall } = call;
    call.asked = { connection, offerOf: mediaCall };
    const offer = mediaCall ? await makeOffer(call, mediaCall) : null;
    if (call.ended.signal.aborted || line.connection() !== connection) return;
    if (isPublishing && offer === null) {
      // The process went away meanwhile: ask with the next one.
      call.asked = null;
      if (call.mediaCall && call.mediaCall !== mediaCall) await ask(call);
      return;
    }
    const ticket = call.meeting.ticket ?? '';
    const share = call.isSharing ? { isSharing: true } : {};
    const join = { type: 'join', v: PROTOCOL_VERSION, ticket, media: call.media, ...share } as const;
    line.send(offer === null ? join : { ...join, offer });
  }

  async function publish(call: OngoingCall, { resubscribes }: { resubscribes: boolean }): Promise<void> {
    const { mediaCall, joinedOn } = call;
    // A connection that is not in the meeting yet gets its offer with its join.
    if (!mediaCall || joinedOn === null) return;
    const offering = makeOffer(call, mediaCall);
    // First, because the fleet follows it while it still negotiates what is published.
    if (resubscribes) line.send({ type: 'resubscribe' });
    const offer = await offering;
    if (offer === null || joinedOn !== line.connection()) return;
    line.send({ type: 'publish', offer });
  }

  function applyAnswer(call: OngoingCall, answer: string, mediaCall: MediaCall | null): void {
    if (!mediaCall || mediaCall !== call.mediaCall) return;
    call.isOfferUsed = true;
    mediaCall.applyPublishAnswer(answer);
  }

  async function answerOffer(call: OngoingCall, message: Extract<ServerMessage, { type: 'offer' }>): Promise<void> {
    const { mediaCall } = call;
    if (!mediaCall) return;
    const { revision, isNew, offer, streams } = message;
    try {
      const answer = await mediaCall.answerSubscribeOffer(
        { revision, isNew, offer, streams },
        { signal: call.ended.signal },
      );
      if (!call.ended.signal.aborted && call.mediaCall === mediaCall) line.send({ type: 'answer', revision, answer });
    } catch (cause) {
      if (call.ended.signal.aborted) return;
      if (!(cause instanceof MediaError)) throw cause;
      log.warn({ err: cause, revision }, 'subscribe offer not answered');
    }
  }

  async function publishLater(call: OngoingCall): Promise<void> {
    await clock.sleep(publishAgainMs, { signal: call.ended.signal }).catch(() => {});
    if (!call.ended.signal.aborted) await publish(call, { resubscribes: false });
  }

  return { ask, publish, publishLater, applyAnswer, answerOffer };
}
