import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { useWhen } from '../../app/use-when.ts';
import { texts } from '../../locales/texts.ts';

/** How much after the end is drawn at most. */
const afterMs = 30 * 60_000;
/** Share of the strip that words take, on a phone too. */
const roomOfWords = 0.22;

/** The meeting as a strip of time: what is past, the light of what is left, and how far it could go on. */
export function TimeStrip({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { time } = useWhen();
  const now = useNow(10_000);
  const startMs = Date.parse(meeting.startAt);
  const endMs = Date.parse(meeting.endAt);
  const nowMs = Math.max(now.getTime(), startMs);
  const until = meeting.extendableUntil;
  const isFollowed = until !== null && Date.parse(until) <= endMs + afterMs;
  const lastMs = Math.max(nowMs, isFollowed ? Date.parse(until) : endMs + afterMs);
  const at = (ms: number) => (Math.min(ms, lastMs) - startMs) / (lastMs - startMs);
  const [nowAt, endAt] = [at(nowMs), at(endMs)];
  const parts = [nowAt, Math.max(0, endAt - nowAt), 1 - Math.max(nowAt, endAt)];
  /** Words need room: what would lie under the words of now or of the end is left out. */
  const isClear = (a: number, b: number) => Math.abs(a - b) > roomOfWords;
  const left = (place: number) => ({ left: `${100 * place}%` });
  return (
    <div className="time-strip">
      <div
        className="time-bar"
        role="img"
        aria-label={text('control.strip', { start: time(meeting.startAt), end: time(meeting.endAt) })}
        style={{ gridTemplateColumns: parts.map((part) => `${part}fr`).join(' ') }}
      >
        <i data-part="past" />
        <i data-part="left" />
        <i data-part="after" />
      </div>
      <p className="time-words tabular" aria-hidden="true">
        <span data-at="start">{time(meeting.startAt)}</span>
        {isClear(nowAt, 0) && isClear(nowAt, endAt) && isClear(nowAt, 1) ? (
          <b style={left(nowAt)}>{text('control.now', { time: time(now.toISOString()) })}</b>
        ) : null}
        <b style={left(endAt)}>{text('control.ends', { time: time(meeting.endAt) })}</b>
        {isFollowed && endAt < 0.6 ? (
          <span data-at="last" style={left(1)}>
            {text('control.follows', { time: time(until) })}
          </span>
        ) : null}
      </p>
    </div>
  );
}
