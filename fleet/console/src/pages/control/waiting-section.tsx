import { longestChat } from '@anteroom/shared/meeting/control.ts';
import type { WaitingEntry } from '@anteroom/shared/signalling/messages.ts';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWhen } from '../../app/use-when.ts';
import { texts } from '../../locales/texts.ts';
import type { Control } from './use-control.ts';

/** Who waits to be let in, and words for them. */
export function WaitingSection({ waiting, control }: { waiting: readonly WaitingEntry[]; control: Control }) {
  const text = texts.useText();
  const { time } = useWhen();
  return (
    <section aria-labelledby="waiting">
      <div className="section-head">
        <h2 id="waiting">{text('control.door.title')}</h2>
        <span className="t3 tabular">{waiting.length}</span>
        <span className="grow" />
        {waiting.length > 1 ? (
          <button
            type="button"
            className="link strong-link"
            onClick={() => control.act({ kind: 'admit', participantId: null })}
          >
            {text('control.door.admitAll')}
          </button>
        ) : null}
      </div>
      {waiting.length === 0 ? <p className="section-none">{text('control.door.none')}</p> : null}
      <ul className="rows">
        {waiting.map(({ participantId, name, kind, since }) => (
          <li key={participantId}>
            <span className="grow">
              <b className="block">{name}</b>
              <span className="t2 tabular">
                {text('control.door.since', { kind: text(`participant.${kind}`), time: time(since) })}
              </span>
            </span>
            <Button
              variant="default"
              size="xs"
              aria-label={text('control.door.admitName', { name })}
              onClick={() => control.act({ kind: 'admit', participantId })}
            >
              {text('control.door.admit')}
            </Button>
          </li>
        ))}
      </ul>
      {waiting.length === 0 ? null : <TellWaiting control={control} />}
    </section>
  );
}

function TellWaiting({ control }: { control: Control }) {
  const text = texts.useText();
  const [words, setWords] = useState('');
  const [isTold, setIsTold] = useState(false);
  return (
    <form
      className="tell-waiting"
      onSubmit={(event) => {
        event.preventDefault();
        if (words.trim() === '') return;
        control.act({ kind: 'tellWaiting', text: words.trim() }, () => {
          setWords('');
          setIsTold(true);
        });
      }}
    >
      <TextInput
        className="grow"
        aria-label={text('control.door.tell')}
        placeholder={text('control.door.tell')}
        maxLength={longestChat}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setIsTold(false);
        }}
      />
      <Button
        type="submit"
        variant="default"
        disabled={words.trim() === ''}
        loading={control.busyWith === 'tellWaiting'}
      >
        {text('control.door.send')}
      </Button>
      <p role="status" className="t2">
        {isTold ? text('control.door.told') : ''}
      </p>
    </form>
  );
}
