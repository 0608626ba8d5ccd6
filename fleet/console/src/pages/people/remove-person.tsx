import type { PersonDetail } from '@anteroom/shared/api/people.ts';
import type { ComingMeeting, ComingMeetingsFate } from '@anteroom/shared/api/rooms.ts';
import type { AccountId } from '@anteroom/shared/ids.ts';
import { Radio } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { Picker, useSearchWords } from '../../components/picker.tsx';
import { texts } from '../../locales/texts.ts';

type Heir = { id: AccountId; name: string };

/** As many are named; the others are counted. */
const namedMeetings = 4;

/** Removes somebody, after what becomes of the meetings that they organize was chosen and their name was typed. */
export function RemovePerson({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { id: accountId, name, kind } = person;
  const [fate, setFate] = useState<ComingMeetingsFate | null>(null);
  const [heir, setHeir] = useState<Heir | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const coming = useQuery(queries.comingOf(accountId));
  const meetings = coming.data?.items ?? [];
  const isDecided = meetings.length === 0 || fate === 'cancel' || (fate === 'transfer' && heir !== null);
  const remove = useMutation({
    mutationFn: () => {
      const to = fate === 'transfer' && heir ? { to: heir.id } : {};
      return api.people.remove({
        params: { accountId },
        query: meetings.length > 0 && fate ? { comingMeetings: fate, ...to } : {},
      });
    },
    onSuccess: async () => {
      await navigate({ to: '/people' });
      await queryClient.invalidateQueries();
    },
    // Meetings may have come meanwhile that nobody decided about.
    onError: () => coming.refetch(),
  });
  return (
    <Confirm
      title={text('person.removeTitle', { name })}
      act={text('person.removeAct')}
      keep={text('person.keep', { name })}
      typed={name}
      isBusy={remove.isPending}
      error={remove.error}
      onAct={() => {
        setIsAsked(true);
        if (isDecided && coming.isSuccess) remove.mutate();
      }}
      onClose={onClose}
    >
      <p>{text(`person.removeWhat.${kind}`, { name })}</p>
      <FaultNote error={coming.error} onRetry={coming.refetch} />
      {meetings.length > 0 ? (
        <Radio.Group
          label={text('person.coming', { name, count: meetings.length })}
          value={fate}
          onChange={(value) => setFate(value === 'transfer' ? 'transfer' : 'cancel')}
          error={isAsked && fate === null ? text('person.comingWrong') : undefined}
        >
          <MeetingNames meetings={meetings} />
          <div className="choices">
            <Radio value="transfer" label={text('person.transfer')} />
            <Radio value="cancel" label={text('person.cancelAll')} description={text('person.cancelHint')} />
          </div>
        </Radio.Group>
      ) : null}
      {meetings.length > 0 && fate === 'transfer' ? (
        <HeirPicker leaving={accountId} heir={heir} isMissing={isAsked && heir === null} onChange={setHeir} />
      ) : null}
    </Confirm>
  );
}

function MeetingNames({ meetings }: { meetings: readonly ComingMeeting[] }) {
  const text = texts.useText();
  const { stamp } = useWhen();
  const others = meetings.length - namedMeetings;
  return (
    <ul className="meeting-names">
      {meetings.slice(0, namedMeetings).map(({ id, subject, startAt }) => (
        <li key={id}>
          {subject} <span className="t2">{stamp(startAt)}</span>
        </li>
      ))}
      {others > 0 ? <li className="t2">{text('person.comingOthers', { count: others })}</li> : null}
    </ul>
  );
}

/** Somebody else who can meet. */
function HeirPicker({
  leaving,
  heir,
  isMissing,
  onChange,
}: {
  leaving: AccountId;
  heir: Heir | null;
  isMissing: boolean;
  onChange: (heir: Heir | null) => void;
}) {
  const text = texts.useText();
  const { queries } = useApp();
  const [words, setWords] = useSearchWords();
  const people = useQuery(queries.people({ search: words || undefined }));
  const fit = (people.data?.items ?? []).filter(
    ({ id, kind, role }) => id !== leaving && kind === 'standard' && role !== 'fieldEngineer',
  );
  return (
    <Picker
      label={text('person.heir')}
      value={heir?.id ?? null}
      choices={fit.map(({ id, name, department, phone, email }) => ({
        value: id,
        label: [name, department?.name, phone ?? email].filter(Boolean).join(' · '),
      }))}
      chosenLabel={heir?.name ?? null}
      onSearch={setWords}
      onChange={(value) => onChange(fit.find(({ id }) => id === value) ?? null)}
      error={isMissing ? text('person.heirWrong') : undefined}
    >
      <FaultNote error={people.error} onRetry={people.refetch} />
    </Picker>
  );
}
