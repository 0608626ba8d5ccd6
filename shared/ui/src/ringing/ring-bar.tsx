import type { DoNotDisturb, OwnRing } from '@anteroom/shared/api/rings.ts';
import { IconBell, IconBellOff, IconBellRinging } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useNow } from '../clock/clock.tsx';
import { formatDate, formatTime, isSameDay } from '../format/time.ts';
import { useLanguage } from '../i18n/language.tsx';
import { uiTexts } from '../locales/texts.ts';
import { useDuration } from '../text/use-duration.ts';
import './ring-bar.css';
import { type RingNotice, ringNotices } from './ring-view.ts';
import { useKnock } from './use-knock.ts';

/** How loud a page knocks: the machine's own volume decides the rest. */
const loudness = 0.5;

export type RingBarProps = {
  rings: readonly OwnRing[];
  /** The client of a meeting; null where a touch of Answer goes in by itself. */
  clientOf: (ring: OwnRing) => string | null;
  onAnswer: (ring: OwnRing) => void;
  onDecline: (ring: OwnRing) => void;
  /** Whoever is called wants to be left alone for an hour. */
  onQuiet: () => void;
  /** What went wrong, when something did. */
  children?: ReactNode;
};

/** Who calls the reader into which meeting, with the knock; and for a few seconds what became of it. */
export function RingBar({ rings, clientOf, onAnswer, onDecline, onQuiet, children }: RingBarProps) {
  const text = uiTexts.useText();
  const now = useNow(1000);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const [handled, setHandled] = useState<ReadonlySet<string>>(new Set());
  const notices = ringNotices(rings, { now, seen, handled });
  const unseen = notices.find(({ key, isRinging }) => isRinging && !seen.has(key))?.key;
  useEffect(() => {
    if (unseen !== undefined) setSeen((before) => new Set([...before, unseen]));
  }, [unseen]);
  useKnock(
    notices.some(({ isRinging }) => isRinging),
    loudness,
  );
  const handle = (key: string, act: () => void) => {
    setHandled((before) => new Set([...before, key]));
    act();
  };
  return (
    <section className="ring-bars" aria-label={text('ring.title')} aria-live="assertive">
      {notices.map(({ key, ring, isRinging }) => (
        <div key={key} className="ring-bar" data-ringing={isRinging ? '' : undefined}>
          <RingWords ring={ring} isRinging={isRinging} now={now} />
          {isRinging && (
            <div className="ring-acts">
              <Answer href={clientOf(ring)} onAnswer={() => handle(key, () => onAnswer(ring))} />
              <button type="button" className="ring-act" onClick={() => handle(key, () => onDecline(ring))}>
                {text('ring.decline')}
              </button>
              {!ring.isOwnCall && (
                <button
                  type="button"
                  className="ring-act ring-quiet"
                  onClick={() => {
                    handle(key, () => onDecline(ring));
                    onQuiet();
                  }}
                >
                  {text('ring.quietHour')}
                </button>
              )}
            </div>
          )}
        </div>
      ))}
      {children}
    </section>
  );
}

function RingWords({ ring, isRinging, now }: Omit<RingNotice, 'key'> & { now: Date }) {
  const text = uiTexts.useText();
  const duration = useDuration();
  const { subject, callerName: name, isOwnCall, state, ringUntil } = ring;
  const Icon = isRinging ? IconBellRinging : IconBell;
  const words = () => {
    if (state === 'ringing') return isOwnCall ? text('ring.own') : text('ring.calls', { name });
    return text(`ring.${state}`, { name });
  };
  return (
    <>
      <Icon size={22} stroke={1.75} aria-hidden="true" />
      <p className="ring-words">
        <b>{words()}</b>
        <span>{subject}</span>
      </p>
      {isRinging && (
        // The seconds are for the eye: read out one by one they would drown the words.
        <span className="ring-left tabular" aria-hidden="true">
          {duration(Date.parse(ringUntil) - now.getTime())}
        </span>
      )}
    </>
  );
}

/** A link, so that no browser takes the new tab for an unasked-for window. */
function Answer({ href, onAnswer }: { href: string | null; onAnswer: () => void }) {
  const text = uiTexts.useText();
  if (href === null)
    return (
      <button type="button" className="ring-act ring-answer" onClick={onAnswer}>
        {text('ring.answer')}
      </button>
    );
  return (
    <a className="ring-act ring-answer" href={href} target="_blank" rel="noopener" onClick={onAnswer}>
      {text('ring.answer')}
    </a>
  );
}

/** That calls do not ring now, and the way back. */
export function QuietNote({ quiet, onOff }: { quiet: DoNotDisturb; onOff: () => void }) {
  const text = uiTexts.useText();
  const { language } = useLanguage();
  const now = useNow(30_000);
  const { isOn, until } = quiet;
  if (!isOn || (until !== null && Date.parse(until) <= now.getTime())) return null;
  const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const words = () => {
    if (until === null) return text('ring.quiet');
    const at = new Date(until);
    const style = { language, timeZone };
    return text('ring.quietUntil', {
      time: isSameDay(at, now, timeZone) ? formatTime(at, style) : formatDate(at, style),
    });
  };
  return (
    <p className="quiet-note tabular">
      <IconBellOff size={18} stroke={1.75} aria-hidden="true" />
      {words()}
      <button type="button" className="quiet-off" onClick={onOff}>
        {text('ring.quietOff')}
      </button>
    </p>
  );
}
