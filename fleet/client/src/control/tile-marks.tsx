import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { Reaction } from '@anteroom/shared/meeting/control.ts';
import type { NetworkTrouble } from '@anteroom/shared/signalling/messages.ts';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { NetworkBars } from '@anteroom/ui/marks/network-mark.tsx';
import { reactionIcons } from '@anteroom/ui/marks/reaction-icons.ts';
import { IconFocusCentered, IconHandStop } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { controlTexts } from './locales/texts.ts';
import { useSeat } from './seat.tsx';

/** A reaction stays on its tile for so long. */
const shownMs = 4_000;

/** On somebody's tile: that a host shows it to everybody, their raised hand, trouble with their network, and their last reaction for a moment. `participantId` null: one's own. */
export function TileMarks({ participantId }: { participantId: ParticipantId | null }) {
  const text = controlTexts.useText();
  const { client } = useSeat();
  const id = participantId ?? client.participantId;
  const entry = client.roster.find((each) => each.participantId === id);
  const last = client.talk.reactions.findLast((each) => each.participantId === id);
  return (
    <span className="tile-marks">
      {last ? <ReactionMark key={last.key} reaction={last.reaction} atMs={last.atMs} /> : null}
      {client.talk.controls.spotlight === id ? (
        <span className="tile-mark" role="img" aria-label={text('spotlight.is')} title={text('spotlight.is')}>
          <IconFocusCentered size={20} stroke={1.75} aria-hidden="true" />
        </span>
      ) : null}
      {entry && entry.handRaisedAt !== null ? (
        <span className="tile-mark" role="img" aria-label={text('hand.up')}>
          <IconHandStop size={20} stroke={1.75} aria-hidden="true" />
        </span>
      ) : null}
      {entry?.networkTrouble ? <NetworkMark trouble={entry.networkTrouble} /> : null}
    </span>
  );
}

function NetworkMark({ trouble }: { trouble: NetworkTrouble }) {
  const text = uiTexts.useText();
  const label = text(`network.${trouble}`);
  return (
    <span className="tile-mark" data-trouble={trouble} role="img" aria-label={label} title={label}>
      <NetworkBars quality={trouble} size={20} />
    </span>
  );
}

function ReactionMark({ reaction, atMs }: { reaction: Reaction; atMs: number }) {
  const text = controlTexts.useText();
  const [isShown, setIsShown] = useState(() => performance.now() - atMs < shownMs);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(false), Math.max(0, atMs + shownMs - performance.now()));
    return () => clearTimeout(timer);
  }, [atMs]);
  if (!isShown) return null;
  const Icon = reactionIcons[reaction];
  return (
    <span className="tile-mark tile-reaction" role="img" aria-label={text(`react.${reaction}`)}>
      <Icon size={28} stroke={1.75} aria-hidden="true" />
    </span>
  );
}
