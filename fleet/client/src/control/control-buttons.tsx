import type { Reaction } from '@anteroom/shared/meeting/control.ts';
import { IconDoorExit, IconHandOff, IconHandStop, IconMessage, IconMoodSmile } from '@tabler/icons-react';
import { useState } from 'react';
import { shortcutKeys } from '../shortcuts/shortcuts.ts';
import { controlTexts } from './locales/texts.ts';
import { Parts } from './parts-loader.tsx';
import { isAskedHowToLeave, useSeat } from './seat.tsx';
import { UnreadMark } from './unread-mark.tsx';

const icon = { size: 24, stroke: 1.75, 'aria-hidden': true } as const;

/** Opens the chat, and counts what was not read. */
export function ChatButton() {
  const text = controlTexts.useText();
  const { control } = useSeat();
  const isOpen = control.panel === 'chat';
  return (
    <button
      type="button"
      className="control wide-only"
      aria-expanded={isOpen}
      aria-keyshortcuts={shortcutKeys.chat}
      onClick={() => control.setPanel(isOpen ? null : 'chat')}
    >
      <IconMessage {...icon} />
      <span className="control-words">{text('chat.title')}</span>
      <UnreadMark count={control.unread} />
    </button>
  );
}

/** Raises one's hand and takes it down. */
export function HandButton() {
  const text = controlTexts.useText();
  const { own, control } = useSeat();
  const isRaised = own?.handRaisedAt !== null && own !== null;
  return (
    <button
      type="button"
      className="control wide-only"
      data-lit={isRaised ? '' : undefined}
      aria-pressed={isRaised}
      aria-keyshortcuts={shortcutKeys.hand}
      onClick={() => {
        control.act({ kind: 'raiseHand', isRaised: !isRaised }).catch((error: unknown) => reportError(error));
      }}
    >
      {isRaised ? <IconHandOff {...icon} /> : <IconHandStop {...icon} />}
      <span className="control-words">{text(isRaised ? 'hand.lower' : 'hand.raise')}</span>
    </button>
  );
}

/** Opens the six reactions. */
export function ReactButton() {
  const text = controlTexts.useText();
  const { control } = useSeat();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const react = (reaction: Reaction) => {
    setAnchor(null);
    control.act({ kind: 'react', reaction }).catch((error: unknown) => reportError(error));
  };
  return (
    <>
      <button
        type="button"
        className="control wide-only"
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <IconMoodSmile {...icon} />
        <span className="control-words">{text('react.open')}</span>
      </button>
      {anchor ? (
        <Parts>
          {({ ReactionMenu }) => <ReactionMenu anchor={anchor} onReact={react} onClose={() => setAnchor(null)} />}
        </Parts>
      ) : null}
    </>
  );
}

/** Leaves, or asks how. */
export function LeaveButton({ label, onLeave }: { label: string; onLeave: () => void }) {
  const { own } = useSeat();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const isAsked = isAskedHowToLeave(own);
  return (
    <>
      <button
        type="button"
        className="control leave"
        aria-haspopup={isAsked ? 'dialog' : undefined}
        onClick={(event) => {
          if (isAsked) setAnchor(event.currentTarget.getBoundingClientRect());
          else onLeave();
        }}
      >
        <IconDoorExit {...icon} />
        <span className="control-words">{label}</span>
      </button>
      {anchor && isAsked ? (
        <Parts>
          {({ LeaveMenu }) => <LeaveMenu anchor={anchor} onLeave={onLeave} onClose={() => setAnchor(null)} />}
        </Parts>
      ) : null}
    </>
  );
}
