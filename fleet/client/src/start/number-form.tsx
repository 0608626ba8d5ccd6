import { type FormEvent, useRef, useState } from 'react';
import { Field } from '../door/field.tsx';
import { type Destination, destinationOf } from './destination.ts';
import { startTexts } from './locales/texts.ts';

/** A meeting's number, its link or the whole invitation, and on to its door. */
export function NumberForm({ onGo }: { onGo: (number: string) => void }) {
  const text = startTexts.useText();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Destination | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const destination = destinationOf(typed, location.origin);
    setFound(destination);
    if (destination.kind === 'number') onGo(destination.number);
    else field.current?.focus();
  };
  return (
    <form className="start-form" noValidate onSubmit={submit}>
      <div className="start-entry">
        <Field
          id="number"
          label={text('number')}
          wrong={found?.kind === 'none' ? text('wrong') : null}
          field={field}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          placeholder="418 205 736"
          value={typed}
          onChange={(event) => {
            setFound(null);
            setTyped(event.target.value);
          }}
        />
        <button type="submit" className="button primary">
          {text('go')}
        </button>
      </div>
      {found === null ? <p className="hint">{text('numberHint')}</p> : null}
      {found?.kind === 'elsewhere' ? (
        <p className="hint" role="alert">
          {text('elsewhere')} <a href={found.url}>{text('elsewhereGo', { host: found.host })}</a>
        </p>
      ) : null}
    </form>
  );
}
