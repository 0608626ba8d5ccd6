import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { ShareRefusal } from '@anteroom/shared/meeting/sharing.ts';
import type { ClientMessage } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Place } from './live-meeting-types.ts';
import type { MeetingEvent } from './meeting-state.ts';
import type { MeetingState, Member } from './members.ts';
import type { Session } from './session.ts';
import { endedShare, sharesScreen, startShare } from './sharing.ts';

/** The screens that are shared in one meeting: taken to the media server once they may be, ended there when they may not. */
export interface ContentDesk {
  /** A share offer, answered on the session of whoever sent it, who may have no place any more. */
  share(place: Place | null, session: Session, message: ShareMessage): Promise<void>;
  /** After each change of the meeting's state. */
  follow(before: MeetingState, after: MeetingState): void;
}

export type ShareMessage = Extract<ClientMessage, { type: 'share' }>;

export type ContentDeskDeps = {
  places: ReadonlyMap<ParticipantId, Place>;
  state: () => MeetingState;
  become: (state: MeetingState) => void;
  apply: (event: MeetingEvent) => void;
  /** Ends with the service. */
  signal: AbortSignal;
  clock: Clock;
  log: Logger;
};

export function createContentDesk({ places, state, become, apply, signal, clock, log }: ContentDeskDeps): ContentDesk {
  /** For whom the media server did not take it, or no longer had to. */
  function whyNotNow(member: Member): ShareRefusal {
    const again = startShare(state(), member, { kind: 'screen', takesOver: false }, clock.now().toISOString());
    return again.ok ? 'media_unavailable' : again.refusal;
  }

  return {
    async share(place, session, { offer, takesOver }) {
      const member = place && state().members.get(place.participant.participantId);
      if (!place?.media || !member) return session.send({ type: 'shareRefused', reason: 'media_unavailable' });
      const { media } = place;
      const { participantId } = member;
      const start = startShare(state(), member, { kind: 'screen', takesOver }, clock.now().toISOString());
      if (!start.ok) return session.send({ type: 'shareRefused', reason: start.refusal });
      become(start.state);
      try {
        const answer = await media.content.publish(offer, signal);
        if (place.media !== media || place.session !== session) return;
        if (!sharesScreen(state(), participantId)) {
          // Taken over, or stopped by a host, while the media server took it: the one answer to the offer is no.
          media.content.dispose();
          session.send({ type: 'shareRefused', reason: whyNotNow(member) });
          return;
        }
        session.send({ type: 'shared', answer });
        media.content.openCandidates();
      } catch (error) {
        // Whoever came back, or whose media server did, shares anew.
        if (place.media !== media || place.session !== session) return;
        if (sharesScreen(state(), participantId)) log.warn({ err: error }, 'sharing failed');
        session.send({ type: 'shareRefused', reason: whyNotNow(member) });
        apply({ kind: 'screenEnded', participantId });
      }
    },
    follow(before, after) {
      const ended = endedShare(before, after);
      const place = ended && places.get(ended.participantId);
      if (!place) return;
      place.media?.content.dispose();
      place.session?.send({ type: 'shareEnded', reason: ended.reason });
    },
  };
}
