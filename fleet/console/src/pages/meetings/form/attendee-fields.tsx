import { mayCall } from '@anteroom/shared/api/access.ts';
import { departmentRoutes } from '@anteroom/shared/api/people.ts';
import { phoneNumber } from '@anteroom/shared/meeting/fields.ts';
import { Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { texts } from '../../../locales/texts.ts';
import { AttendeePicker } from './attendee-picker.tsx';
import type { Planner } from './meeting-fields.tsx';
import type { Invited } from './values.ts';

/** Who is invited. Nobody is invited twice. */
export function AttendeeFields({
  value,
  onChange,
  who,
}: {
  value: Invited[];
  onChange: (attendees: Invited[]) => void;
  who: Planner;
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
      {mayCall(departmentRoutes.list.access, who) ? (
        <AttendeePicker who={who} label={text('plan.attendees.find')} hasContacts onAdd={add} />
      ) : null}
      <PhoneField onAdd={add} />
    </>
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
