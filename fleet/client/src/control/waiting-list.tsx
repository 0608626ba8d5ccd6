import {
  type ControlAction,
  type ControlRefusal,
  controlRefusals,
  longestChat,
} from '@anteroom/shared/meeting/control.ts';
import { localize } from '@anteroom/shared/text.ts';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useState } from 'react';
import { readerZone } from '../reader-zone.ts';
import { controlTexts } from './locales/texts.ts';
import { useSeat } from './seat.tsx';

/** Who waits to be let in, one by one or all, and words to all of them. */
export function WaitingList() {
  const text = controlTexts.useText();
  const { language } = useLanguage();
  const { client, control } = useSeat();
  const { waiting } = client.talk;
  if (waiting.length === 0) return null;
  const act = (action: ControlAction) => {
    control.act(action).catch((error: unknown) => reportError(error));
  };
  return (
    <section className="waiting" aria-label={text('waiting.title')}>
      <header className="waiting-head">
        <h3>
          {text('waiting.title')} <span className="tabular">{waiting.length}</span>
        </h3>
        <button type="button" className="small-button" onClick={() => act({ kind: 'admit', participantId: null })}>
          {text('waiting.admitAll')}
        </button>
      </header>
      <ul>
        {waiting.map(({ participantId, name, since }) => (
          <li key={participantId}>
            <span className="grow person-name">
              {name}
              <span className="t2 tabular">
                {text('waiting.since', { time: formatTime(new Date(since), { language, timeZone: readerZone }) })}
              </span>
            </span>
            <button
              type="button"
              className="small-button"
              aria-label={text('waiting.admitName', { name })}
              onClick={() => act({ kind: 'admit', participantId })}
            >
              {text('waiting.admit')}
            </button>
          </li>
        ))}
      </ul>
      <TellWaiting />
    </section>
  );
}

function TellWaiting() {
  const text = controlTexts.useText();
  const { language } = useLanguage();
  const { control } = useSeat();
  const [words, setWords] = useState('');
  const [outcome, setOutcome] = useState<{ refusal: ControlRefusal | null } | null>(null);
  const tell = async () => {
    if (words.trim() === '') return;
    const refusal = await control.request({ kind: 'tellWaiting', text: words.trim() });
    setOutcome({ refusal });
    // Refused words stay, to be sent again.
    if (refusal === null) setWords('');
  };
  return (
    <form
      className="waiting-tell"
      onSubmit={(event) => {
        event.preventDefault();
        tell().catch((error: unknown) => reportError(error));
      }}
    >
      <input
        aria-label={text('waiting.tell')}
        placeholder={text('waiting.tell')}
        maxLength={longestChat}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setOutcome(null);
        }}
      />
      <button type="submit" className="small-button" disabled={words.trim() === ''}>
        {text('waiting.tellYes')}
      </button>
      <p role="status" className={outcome?.refusal ? 'wrong' : 't2'}>
        {outcome === null
          ? ''
          : outcome.refusal
            ? localize(controlRefusals[outcome.refusal], language)
            : text('waiting.told')}
      </p>
    </form>
  );
}
