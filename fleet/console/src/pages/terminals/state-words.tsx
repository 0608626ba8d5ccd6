import { assertNever } from '@anteroom/shared/assert-never.ts';
import { RoomMark, type RoomMarkState } from '@anteroom/ui/marks/room-mark.tsx';
import { useWhen } from '../../app/use-when.ts';
import { texts } from '../../locales/texts.ts';
import type { DoorCause, DoorState } from './door-state.ts';

const marks: Record<DoorState, RoomMarkState> = {
  fault: 'fault',
  silent: 'silent',
  impaired: 'impaired',
  settling: 'updating',
  meeting: 'meeting',
  soon: 'soon',
  ready: 'ready',
  // Out of use: drawn as one that is not heard; the word tells them apart.
  retired: 'silent',
};

export function markOf(state: DoorState): RoomMarkState {
  return marks[state];
}

export function DoorMark({ state, heightPx = 18 }: { state: DoorState; heightPx?: number }) {
  return <RoomMark state={marks[state]} heightPx={heightPx} />;
}

/** A door's state: its shape, then its word; only the word where the shape already stands beside it. */
export function StateWord({ state, hasMark = true }: { state: DoorState; hasMark?: boolean }) {
  const text = texts.useText();
  return (
    <span className="state" data-state={state}>
      {hasMark ? <DoorMark state={state} /> : null}
      {text(`door.${state}`)}
    </span>
  );
}

/** Why a door is not simply ready, in one sentence that says who can end it. */
export function useCauseWords(): (cause: DoorCause) => string {
  const text = texts.useText();
  const { stamp } = useWhen();
  return (cause) => {
    switch (cause.kind) {
      case 'neverHeard':
        return text('cause.neverHeard');
      case 'silentSince':
        return text('cause.silentSince', { time: stamp(cause.at) });
      case 'noSpace':
        return text('cause.noSpace');
      case 'noRoom':
        return text('cause.noRoom');
      case 'waitsForReport':
        return text('cause.waitsForReport');
      case 'revoked':
        return text('cause.revoked');
      case 'device':
        return text(`cause.device.${cause.state}`, { device: cause.name });
      case 'shortfall':
        return text('cause.shortfall', { what: cause.what, why: cause.why });
      default:
        return assertNever(cause);
    }
  };
}
