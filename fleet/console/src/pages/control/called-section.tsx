import { assertNever } from '@anteroom/shared/assert-never.ts';
import { actionOnCall, type Callee, choiceFrom, nextOfCall, typedNumber } from '@anteroom/shared/meeting/callees.ts';
import { type CalledEntry, longestSearch } from '@anteroom/shared/meeting/calling.ts';
import { calleeIcons } from '@anteroom/ui/marks/callee-icons.ts';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { texts } from '../../locales/texts.ts';
import { AttendeePicker } from '../meetings/form/attendee-picker.tsx';
import type { Invited } from '../meetings/form/values.ts';
import type { Control } from './use-control.ts';

/** Who was called and is not in the meeting, as its hosts see it: what became of each call, and what can be done about it. */
export function CalledSection({ called, control }: { called: readonly CalledEntry[]; control: Control }) {
  const text = texts.useText();
  const { queries } = useApp();
  const session = useQuery(queries.session()).data;
  const call = (callee: Callee, onDone?: () => void) =>
    control.act({ kind: 'call', callees: choiceFrom([callee]) }, onDone);
  return (
    <section aria-labelledby="called">
      <div className="section-head">
        <h2 id="called">{text('called.title')}</h2>
        <span className="t3 tabular">{called.length}</span>
      </div>
      {called.length === 0 ? <p className="section-none">{text('called.none')}</p> : null}
      <ul className="rows">
        {called.map((entry) => (
          <CalledRow key={entry.calleeId} entry={entry} control={control} />
        ))}
      </ul>
      {session ? (
        <div className="call-in">
          <AttendeePicker
            who={session}
            label={text('rings.callIn')}
            hasContacts
            onAdd={(invited) => call(calleeOf(invited))}
          />
          <CallNumber onCall={call} />
        </div>
      ) : null}
    </section>
  );
}

function CalledRow({ entry, control }: { entry: CalledEntry; control: Control }) {
  const text = texts.useText();
  const { time } = useWhen();
  const { kind, name, state, since } = entry;
  const next = nextOfCall(state);
  const Icon = calleeIcons[kind];
  return (
    <li className="ring-row">
      <Icon size={18} stroke={1.75} aria-hidden="true" className="t2" />
      <b className="grow">{name}</b>
      <span className="ring-state" data-state={state} role="status">
        {text(`called.${state}`)}
      </span>
      {state === 'ringing' ? null : (
        <time className="t3 tabular" dateTime={since}>
          {time(since)}
        </time>
      )}
      <Button
        variant="default"
        size="xs"
        aria-label={text(`called.${next}Name`, { name })}
        onClick={() => control.act(actionOnCall(entry))}
      >
        {text(`called.${next}`)}
      </Button>
    </li>
  );
}

/** A number that somebody types; whether it exists is the fleet's to say. */
function CallNumber({ onCall }: { onCall: (callee: Callee, onDone: () => void) => void }) {
  const text = texts.useText();
  const [typed, setTyped] = useState('');
  const [number] = typedNumber(typed);
  return (
    <form
      className="call-number"
      onSubmit={(event) => {
        event.preventDefault();
        if (number) onCall(number.callee, () => setTyped(''));
      }}
    >
      <TextInput
        className="grow"
        type="tel"
        label={text('called.number')}
        description={text(number?.note === 'noCountryCode' ? 'called.noCountryCode' : 'called.numberHint')}
        maxLength={longestSearch}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" variant="default" disabled={number?.note !== 'notReachableYet'}>
        {text('called.call')}
      </Button>
    </form>
  );
}

function calleeOf({ name, request }: Invited): Callee {
  switch (request.kind) {
    case 'person':
      return { kind: 'person', id: request.accountId, name };
    case 'department':
      return { kind: 'department', id: request.departmentId, name };
    case 'terminal':
      return { kind: 'terminal', id: request.terminalId, name };
    case 'contact':
      return { kind: 'contact', id: request.contactId, name };
    case 'number':
      return { kind: 'number', id: request.phone, name };
    default:
      return assertNever(request);
  }
}
