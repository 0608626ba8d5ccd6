import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatDay, formatTime, isSameDay } from '@anteroom/ui/format/time.ts';
import { IconBellOff, IconBellX } from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import { useTimeStyle } from '../state/use-time-style.ts';
import { TouchButton } from './touch-button.tsx';
import './missed-calls.css';

/** As many as leave the schedule its room; the others are counted. */
const shown = 1;

/** Who called while nobody answered, until somebody puts it away; and that this room does not ring, when it does not. */
export function MissedCalls() {
  const text = useText();
  const style = useTimeStyle();
  const now = useNow(60_000);
  const { missedCalls, doNotDisturb } = usePanel().state;
  const when = (at: Date) =>
    isSameDay(at, now, style.timeZone) ? formatTime(at, style) : `${formatDay(at, style)} ${formatTime(at, style)}`;
  return (
    <>
      {missedCalls.length > 0 && (
        <section className="missed" aria-label={text('missed.title')}>
          <IconBellX aria-hidden="true" stroke={1.75} />
          <ul>
            {missedCalls.slice(0, shown).map(({ meetingId, subject, callerName, missedAt }) => (
              <li key={meetingId}>
                <span className="notice-title">
                  {text('missed.call', { name: callerName, time: when(new Date(missedAt)) })}
                </span>
                <span className="missed-subject">{subject}</span>
              </li>
            ))}
            {missedCalls.length > shown && (
              <li className="missed-subject">{text('missed.more', { count: missedCalls.length - shown })}</li>
            )}
          </ul>
          <TouchButton touch={{ kind: 'dismissMissed' }} label={text('missed.dismiss')} />
        </section>
      )}
      {doNotDisturb && (
        <p className="health missed-quiet">
          <IconBellOff aria-hidden="true" stroke={1.75} />
          {text('missed.quiet')}
        </p>
      )}
    </>
  );
}
