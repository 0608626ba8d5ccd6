import type { CallState } from '@anteroom/shared/panel/state.ts';
import { IconHandStop } from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import { TouchButton } from './touch-button.tsx';
import './host-wish.css';
import './started-by.css';

/** A host asks to hear or see this room, and nothing opens before somebody here agrees; or the room's setting let them. */
export function HostWish({ call }: { call: CallState }) {
  const text = useText();
  if (call.state !== 'in' || call.hostWish === null) return null;
  const { what, by, manner } = call.hostWish;
  const isAsked = manner === 'asked';
  return (
    <section className="host-wish" role={isAsked ? 'alertdialog' : 'status'} aria-labelledby="host-wish">
      <p id="host-wish">{text(`wish.${manner}.${what}`, { by })}</p>
      <div className="host-wish-answers">
        <TouchButton touch={{ kind: 'declineAsk' }} label={isAsked ? text('wish.keepClosed') : text('wish.seen')} />
        {isAsked ? (
          <TouchButton touch={{ kind: 'acceptAsk' }} tone="primary" label={text(`wish.open.${what}`)} />
        ) : null}
      </div>
    </section>
  );
}

/** The same on the room's display, where nobody touches anything. */
export function HostWishNote({ call }: { call: CallState }) {
  const text = useText();
  if (call.state !== 'in' || call.hostWish === null) return null;
  const { what, by, manner } = call.hostWish;
  return (
    <p className="started-by" role="status">
      <IconHandStop aria-hidden="true" stroke={1.75} />
      {text(`wish.${manner}.${what}`, { by })}
    </p>
  );
}
