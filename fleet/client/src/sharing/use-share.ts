import { refusalToShare } from '@anteroom/shared/meeting/share-rules.ts';
import type { ShareEnd, ShareRefusal } from '@anteroom/shared/meeting/sharing.ts';
import type { MeetingClient } from '@anteroom/ui/signalling/meeting-client.ts';
import { type RefObject, useState } from 'react';
import type { JoinedState } from '../stage.ts';
import { type Picked, pickScreen } from './pick-screen.ts';

/** Why nothing is shared, as it is told: by the browser, the meeting, or whoever ended it. */
export type ShareTrouble = Exclude<Extract<Picked, { ok: false }>['reason'], 'cancelled'> | ShareRefusal | ShareEnd;

/** Sharing one's screen: asked for, taken over after a question, stopped, and why it did not come to it. */
export function useShare(client: RefObject<MeetingClient | null>, joined: JoinedState | null) {
  const [trouble, setTrouble] = useState<ShareTrouble | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const share = joined?.share ?? { phase: 'off', end: null };
  const end = share.phase === 'off' ? share.end : null;
  /** What ended is told until it is dismissed or shared again. */
  const [dismissed, setDismissed] = useState<typeof share | null>(null);
  const sharer = joined ? sharerOf(joined) : null;

  const begin = async (takesOver: boolean): Promise<void> => {
    setIsAsking(false);
    const picked = await pickScreen();
    if (picked.ok) await client.current?.share(picked.stream, { takesOver });
    else if (picked.reason !== 'cancelled') setTrouble(picked.reason);
  };
  const run = (step: Promise<void>) => {
    step.catch((error: unknown) => reportError(error));
  };

  return {
    trouble: trouble ?? (share === dismissed ? null : end),
    dismiss: () => {
      setTrouble(null);
      setDismissed(share);
    },
    /** Whose share is to be taken over, while that is asked. */
    asksAbout: isAsking ? sharer : null,
    answer: (takesOver: boolean) => {
      setIsAsking(false);
      if (takesOver) run(begin(true));
    },
    /** Begins, after a question where somebody else shares, or says why not. */
    start: () => {
      setTrouble(null);
      if (!joined) return;
      const refusal = ownRefusal(joined);
      if (refusal === null) run(begin(false));
      else if (refusal === 'somebody_shares') setIsAsking(true);
      else setTrouble(refusal);
    },
    stop: () => client.current?.stopSharing(),
  };
}

export type Share = ReturnType<typeof useShare>;

function sharerOf({ roster, talk: { content } }: JoinedState) {
  return roster.find((entry) => entry.participantId === content?.participantId) ?? null;
}

function ownRefusal(joined: JoinedState) {
  const own = joined.roster.find((entry) => entry.participantId === joined.participantId);
  const { controls, content } = joined.talk;
  if (!own) return null;
  return refusalToShare({ own, controls, content, sharerRole: sharerOf(joined)?.role ?? null }, { takesOver: false });
}
