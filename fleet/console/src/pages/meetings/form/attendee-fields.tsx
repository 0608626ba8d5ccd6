import { phoneNumber } from '@anteroom/shared/meeting/fields.ts';
import { Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../../app/app-context.ts';
import { Picker, useSearchWords } from '../../../components/picker.tsx';
import { texts } from '../../../locales/texts.ts';
import type { Invited } from './values.ts';

/** Who is invited. Nobody is invited twice. */
export function AttendeeFields({
  value,
  onChange,
  canListTerminals,
}: {
  value: Invited[];
  onChange: (attendees: Invited[]) => void;
  canListTerminals: boolean;
}) {
  const text = texts.useText();
  const keyOf = ({ request }: Invited) => JSON.stringify({ ...request, name: undefined });
  const add = (invited: Invited) => {
    if (!value.some((other) => keyOf(other) === keyOf(invited))) onChange([...value, invited]);
  };
  return (
    <>
      {value.length === 0 ? <p className="t2">{text('plan.attendees.none')}</p> : null}
      <ul className="rows" aria-label={text('plan.attendees')}>
        {value.map((invited) => (
          <li key={keyOf(invited)}>
            <b className="grow">{invited.name}</b>
            <span className="t2">{text(`plan.attendee.${invited.request.kind}`)}</span>
            <button
              type="button"
              className="icon-button"
              aria-label={text('plan.attendees.remove', { name: invited.name })}
              onClick={() => onChange(value.filter((other) => other !== invited))}
            >
              <IconX size={16} stroke={1.75} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {canListTerminals ? <TerminalField onAdd={add} /> : null}
      <PhoneField onAdd={add} />
    </>
  );
}

function TerminalField({ onAdd }: { onAdd: (invited: Invited) => void }) {
  const text = texts.useText();
  const { queries } = useApp();
  const [words, setWords] = useSearchWords();
  const terminals = useQuery(queries.terminals({ search: words || undefined })).data?.items ?? [];
  return (
    <Picker
      label={text('plan.attendees.terminal')}
      value={null}
      choices={terminals.map(({ id, name }) => ({ value: id, label: name }))}
      chosenLabel={null}
      onSearch={setWords}
      onChange={(id) => {
        const chosen = terminals.find((terminal) => terminal.id === id);
        if (chosen) onAdd({ name: chosen.name, request: { kind: 'terminal', terminalId: chosen.id } });
      }}
      error={undefined}
    >
      {null}
    </Picker>
  );
}

function PhoneField({ onAdd }: { onAdd: (invited: Invited) => void }) {
  const text = texts.useText();
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const add = () => {
    const read = phoneNumber.safeParse(phone.replace(/[\s().-]/g, ''));
    setIsRefused(!read.success);
    if (!read.success) return;
    onAdd({ name: name.trim() || read.data, request: { kind: 'number', phone: read.data, name: name.trim() } });
    setPhone('');
    setName('');
  };
  return (
    <div className="duration-row attendee-phone">
      <TextInput
        type="tel"
        label={text('plan.attendees.phone')}
        placeholder="+4791234567"
        value={phone}
        onChange={(event) => setPhone(event.target.value)}
        error={isRefused ? text('plan.attendees.phone.wrong') : undefined}
      />
      <TextInput
        label={text('plan.attendees.phoneName')}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
      />
      <Button variant="default" onClick={add} disabled={phone.trim() === ''}>
        {text('plan.attendees.add')}
      </Button>
    </div>
  );
}
