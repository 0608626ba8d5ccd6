import { actionOnCall, nextOfCall } from '@anteroom/shared/meeting/callees.ts';
import type { CalledEntry } from '@anteroom/shared/meeting/calling.ts';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useSeat } from '../control/seat.tsx';
import { readerZone } from '../reader-zone.ts';
import { KindIcon } from './kind-icon.tsx';
import { callingTexts } from './locales/texts.ts';
import './calling.css';

/** Who was called and is not in the meeting, what became of the call, and what a host may do about it. */
export function CalledList() {
  const text = callingTexts.useText();
  const { client } = useSeat();
  const { called } = client.talk;
  if (called.length === 0) return null;
  return (
    <section className="called" aria-label={text('called.title')}>
      <h3>
        {text('called.title')} <span className="t2 tabular">{called.length}</span>
      </h3>
      <ul>
        {called.map((entry) => (
          <CalledRow key={entry.calleeId} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function CalledRow({ entry }: { entry: CalledEntry }) {
  const text = callingTexts.useText();
  const { language } = useLanguage();
  const { control } = useSeat();
  const { kind, name, state, since } = entry;
  const next = nextOfCall(state);
  const at = formatTime(new Date(since), { language, timeZone: readerZone });
  const press = () => {
    control.act(actionOnCall(entry)).catch((error: unknown) => reportError(error));
  };
  return (
    <li>
      <KindIcon kind={kind} />
      <span className="visually-hidden">{text(`kind.${kind}`)}</span>
      <span className="grow person-name">
        {name}
        <span className="t2 tabular" role="status">
          {state === 'ringing' ? text('state.ringing') : `${text(`state.${state}`)} · ${at}`}
        </span>
      </span>
      <button
        type="button"
        className="small-button"
        data-severe={next === 'hangUp' ? '' : undefined}
        aria-label={text(`called.${next}Name`, { name })}
        onClick={press}
      >
        {text(`called.${next}`)}
      </button>
    </li>
  );
}
