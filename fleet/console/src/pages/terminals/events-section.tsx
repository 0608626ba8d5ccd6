import type { TerminalEvent } from '@anteroom/shared/api/terminals.ts';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import { joinRefusal, joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import { peripheral } from '@anteroom/shared/protocol/desired.ts';
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

const deviceKind = peripheral.shape.kind;
const deviceState = peripheral.shape.state;
const isId = /^[a-z]+_[0-9a-f]{32}$/;

function EventWords({ event }: { event: TerminalEvent }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const kind = eventKinds.find((known) => known === event.kind);
  const { reason: given, ...others } = event.detail;
  const reason = joinRefusal.safeParse(given);
  const details = Object.entries(others)
    .map(([name, value]) => detailWords(name, value, text))
    .filter((words) => words !== null);
  return (
    <span className="grow">
      {kind ? text(`event.${kind}`) : event.kind}
      {reason.success ? (
        <span className="t2 block">{localize(joinRefusalTexts[reason.data].text, language)}</span>
      ) : null}
      {details.length > 0 ? <span className="t3 block">{details.join(text('event.detail.comma'))}</span> : null}
    </span>
  );
}

/** One value of an event in words; null for what says nothing to a reader, such as ids. */
function detailWords(name: string, value: string | number | boolean, text: ReturnType<typeof texts.useText>) {
  if (isId.test(String(value)) || value === false) return null;
  switch (name) {
    case 'joinedMs':
      return text('event.detail.joined', { seconds: (Number(value) / 1000).toFixed(1) });
    case 'firstFrameMs':
      return text('event.detail.firstFrame', { seconds: (Number(value) / 1000).toFixed(1) });
    case 'software':
      return text('terminal.software', { version: String(value) });
    // Names a ring, which the time of the event tells as well.
    case 'ringUntil':
      return null;
    case 'isBackInMeeting':
      return text('event.detail.backInMeeting');
    case 'attempt':
      return text('event.detail.attempt', { attempt: Number(value) });
    case 'kind': {
      const kind = deviceKind.safeParse(value);
      return kind.success ? text(`device.${kind.data}`) : String(value);
    }
    case 'state': {
      const state = deviceState.safeParse(value);
      return state.success ? text(`device.state.${state.data}`) : String(value);
    }
    default:
      return String(value);
  }
}
