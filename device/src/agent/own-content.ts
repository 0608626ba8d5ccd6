import type { ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import type { Logger } from 'pino';
import type { MeetingEvent } from '../meeting/types.ts';
import { MediaError } from '../ports/media.ts';
import type { SignallingLine } from '../signalling/line.ts';
import type { OngoingCall } from './ongoing-call.ts';

type ShareAnswer = Extract<ServerMessage, { type: 'shared' | 'shareRefused' | 'shareEnded' }>;

/**
 * Brings the offer of the room's laptop from a call's media process to the fleet, and the answer back. Whether it is
 * shared is decided elsewhere. Answers bear no number: they come in the order of the offers.
 */
export interface OwnContent {
  offer(call: OngoingCall, options: { takesOver: boolean }): Promise<void>;
  follow(call: OngoingCall, answer: ShareAnswer): void;
  close(call: OngoingCall): void;
}

export function createOwnContent(deps: {
  line: SignallingLine;
  log: Logger;
  dispatch(event: MeetingEvent): void;
}): OwnContent {
  const { line, log, dispatch } = deps;
  return {
    async offer(call, { takesOver }) {
      call.isSharing = true;
      call.latestContentOffer += 1;
      const number = call.latestContentOffer;
      const { mediaCall, joinedOn } = call;
      // A connection that is not in the meeting yet says with its join that a share follows.
      if (!mediaCall || joinedOn === null) return;
      try {
        const offer = await mediaCall.offerContent({ signal: call.ended.signal });
        if (number !== call.latestContentOffer || joinedOn !== line.connection()) return;
        call.contentOffers.push(number);
        line.send({ type: 'share', offer, takesOver });
      } catch (cause) {
        if (call.ended.signal.aborted) return;
        if (!(cause instanceof MediaError)) throw cause;
        log.debug({ err: cause }, 'no offer of content');
        // A process that died is an event of its own, and an offer that was given up is none.
        if (cause.code === 'content_failed' && number === call.latestContentOffer)
          dispatch({ from: 'own', type: 'shareFailed' });
      }
    },
    follow(call, answer) {
      if (answer.type === 'shareEnded') {
        dispatch({ from: 'cloud', type: 'shareEnded', reason: answer.reason });
        return;
      }
      if (call.contentOffers.shift() !== call.latestContentOffer || !call.isSharing) return;
      if (answer.type === 'shareRefused') {
        dispatch({ from: 'cloud', type: 'shareRefused', reason: answer.reason });
        return;
      }
      call.mediaCall?.applyContentAnswer(answer.answer);
      dispatch({ from: 'cloud', type: 'shared' });
    },
    close(call) {
      call.isSharing = false;
      call.mediaCall?.closeContent();
      call.mediaCall?.showInput(null);
    },
  };
}
