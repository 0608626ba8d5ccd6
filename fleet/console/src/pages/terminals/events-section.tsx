import type { TerminalEvent } from '@anteroom/shared/api/terminals.ts';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import { joinRefusal, joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import { eventKinds } from '@anteroom/shared/protocol/messages.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';

/** What happened at the terminal, as it told it itself. */
export function EventsSection({ terminalId }: { terminalId: TerminalId }) {
  const text = texts.useText();
  const { queries } = useApp();
  const { stamp } = useWhen();
  const { data, error } = useQuery(queries.events(terminalId));
  return (
    <section aria-labelledby="events">
      <div className="section-head">
        <h2 id="events">{text('events.title')}</h2>
      </div>
      <FaultNote error={error} />
      {data?.items.length === 0 ? <p className="section-none">{text('events.none')}</p> : null}
      <ul className="rows">
        {data?.items.map((event) => (
          <li key={event.id} className="event">
            <time className="t3 tabular" dateTime={event.at}>
              {stamp(event.at)}
            </time>
            <EventWords event={event} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const isId = /^[a-z]+_[0-9a-f]{32}$/;

function EventWords({ event }: { event: TerminalEvent }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const kind = eventKinds.find((known) => known === event.kind);
  const reason = joinRefusal.safeParse(event.detail['reason']);
  // Ids say nothing to a reader, and a reason is told in words.
  const details = Object.entries(event.detail).filter(
    ([name, value]) => !(name === 'reason' && reason.success) && !isId.test(String(value)),
  );
  return (
    <span className="grow">
      {kind ? text(`event.${kind}`) : event.kind}
      {reason.success ? (
        <span className="t2 block">{localize(joinRefusalTexts[reason.data].text, language)}</span>
      ) : null}
      {details.length > 0 ? (
        <span className="t3 block">{details.map(([name, value]) => `${name} ${String(value)}`).join(', ')}</span>
      ) : null}
    </span>
  );
}
