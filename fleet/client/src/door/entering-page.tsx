import type { MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { type JoinRefusal, joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { useEffect, useState } from 'react';
import { controlTexts } from '../control/locales/texts.ts';
import { texts } from '../locales/texts.ts';

/** After this the light dims and words take over: nobody likes to look into a lamp while waiting. */
const dimAfterMs = 1000;

/** Crossing: light fills the screen. When it takes long, or is refused for now, it dims and says why. */
export function EnteringPage({
  door,
  held,
  notice,
  onCancel,
}: {
  door: MeetingDoor;
  held: JoinRefusal | null;
  /** The host's words to the waiting room. */
  notice: string | null;
  onCancel: () => void;
}) {
  const text = texts.useText();
  const control = controlTexts.useText();
  const ui = uiTexts.useText();
  const { language } = useLanguage();
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), dimAfterMs);
    return () => clearTimeout(timer);
  }, []);
  // The catalogue speaks to a room; these two are said to a person.
  const heldWords =
    held === 'media_unavailable' || held === 'fleet_unreachable'
      ? text(`held.${held}`)
      : held && localize(joinRefusalTexts[held].text, language);
  return (
    <main className="crossing" data-dim={isSlow || held ? '' : undefined}>
      <div className="crossing-words">
        <h1>{door.subject}</h1>
        <p role="status">
          {heldWords ?? (isSlow ? text('entering.slow') : text('entering.going'))}{' '}
          {held ? <span className="t2">{ui(`fixer.${joinRefusalTexts[held].fixer}`)}</span> : null}
        </p>
        {notice === null ? null : (
          <p className="crossing-notice" role="status">
            <b>{control('waiting.notice')}</b> {notice}
          </p>
        )}
      </div>
      <button type="button" className="button crossing-cancel" onClick={onCancel}>
        {text('entering.cancel')}
      </button>
    </main>
  );
}
