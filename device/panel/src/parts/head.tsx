import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatDay, formatTime } from '@anteroom/ui/format/time.ts';
import { useText } from '../locales/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import { useTimeStyle } from '../state/use-time-style.ts';
import './head.css';

/** Names the place: “Floor 3 · 8 seats”. A floor that is only a number gets its word. */
export function usePlace(): { name: string; place: string } | null {
  const text = useText();
  const { binding } = usePanel().state;
  if (binding.state !== 'claimed') return null;
  const { space } = binding;
  if (!space) return { name: binding.terminalName, place: binding.organizationName };
  const floor = /^-?\d+$/u.test(space.floor) ? text('common.floor', { floor: space.floor }) : space.floor;
  const seats = space.capacity > 0 ? text('common.seats', { count: space.capacity }) : '';
  return { name: space.name, place: [floor, seats].filter(Boolean).join(' · ') };
}

/** Top of a screen: whose it is, and the time in the room's own zone. */
export function Head({
  name,
  place,
  dayLength = 'short',
}: {
  name: string;
  place: string;
  dayLength?: 'short' | 'long';
}) {
  const now = useNow(1000);
  const style = useTimeStyle();
  const { binding } = usePanel().state;
  // Without a room there is no zone, and an hour of some other place would only mislead.
  const hasZone = binding.state === 'claimed' && binding.space !== null;
  return (
    <header className="head">
      <span className="head-name">{name}</span>
      <span className="head-place">{place}</span>
      <span className="spacer" />
      {hasZone && (
        <>
          <span className="head-place head-day">{formatDay(now, style, dayLength)}</span>
          <time className="head-clock tabular" dateTime={now.toISOString()}>
            {formatTime(now, style)}
          </time>
        </>
      )}
    </header>
  );
}

/** The head of a room that has been given to this terminal. */
export function RoomHead({ dayLength }: { dayLength?: 'short' | 'long' }) {
  const place = usePlace();
  return <Head name={place?.name ?? ''} place={place?.place ?? ''} dayLength={dayLength ?? 'short'} />;
}
