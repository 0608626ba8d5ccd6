import { mayCall } from '@anteroom/shared/api/access.ts';
import { contactRoutes, type Department, departmentRoutes, peopleRoutes } from '@anteroom/shared/api/people.ts';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../../app/app-context.ts';
import { type Choice, Picker, useSearchWords } from '../../../components/picker.tsx';
import { texts } from '../../../locales/texts.ts';
import type { Planner } from './meeting-fields.tsx';
import type { Invited } from './values.ts';

type Found = Invited & { label: string };
const shownOfEach = 8;

/** Finds people, departments, contacts and terminals by a part of their names, in one field. */
export function AttendeePicker({
  who,
  label,
  hasContacts,
  onAdd,
}: {
  who: Planner;
  label: string;
  hasContacts: boolean;
  onAdd: (invited: Invited) => void;
}) {
  const text = texts.useText();
  const [words, setWords] = useSearchWords();
  const found = useFound(who, words);
  const groups = [
    { group: text('plan.attendees.people'), found: found.people },
    { group: text('plan.attendees.departments'), found: found.departments },
    { group: text('plan.attendees.contacts'), found: hasContacts ? found.contacts : [] },
    { group: text('plan.attendees.terminals'), found: found.terminals },
  ].map(({ group, found: each }) => ({ group, found: each.slice(0, shownOfEach) }));
  const all = groups.flatMap((each) => each.found);
  const choices: Choice[] = groups.flatMap(({ group, found: each }) =>
    each.map((one) => ({ value: idOf(one), label: one.label, group })),
  );
  return (
    <Picker
      label={label}
      value={null}
      choices={choices}
      chosenLabel={null}
      onSearch={setWords}
      onChange={(id) => {
        const chosen = all.find((one) => idOf(one) === id);
        if (chosen) onAdd({ name: chosen.name, request: chosen.request });
      }}
      error={undefined}
    >
      {null}
    </Picker>
  );
}

const idOf = ({ request }: Invited) => JSON.stringify(request);

/** Whoever has the words in their names; nobody where the reader may not look. */
function useFound(who: Planner, words: string) {
  const text = texts.useText();
  const { queries } = useApp();
  const search = words || undefined;
  const people = useQuery({ ...queries.people({ search }), enabled: mayCall(peopleRoutes.list.access, who) });
  const departments = useDepartments(who);
  const contacts = useQuery({ ...queries.contacts({ search }), enabled: mayCall(contactRoutes.list.access, who) });
  const mayFindTerminals = mayCall(terminalRoutes.listDirectory.access, who);
  const terminals = useQuery({ ...queries.directoryTerminals({ search }), enabled: mayFindTerminals });
  const key = words.toLocaleLowerCase();
  const withPlace = (name: string, place: string | undefined) => (place ? `${name} · ${place}` : name);
  return {
    people: (people.data?.items ?? [])
      .filter(({ kind }) => kind === 'standard')
      .map(
        ({ id, name, department }): Found => ({
          ...{ name, label: withPlace(name, department?.name), request: { kind: 'person', accountId: id } },
        }),
      ),
    departments: departments
      .filter(({ name }) => name.toLocaleLowerCase().includes(key))
      .map(
        ({ id, name }): Found => ({
          label: withPlace(name, text('plan.attendees.headcount', { count: headcount(departments, id) })),
          ...{ name, request: { kind: 'department', departmentId: id } },
        }),
      ),
    contacts: (contacts.data?.items ?? []).map(
      ({ id, name, company }): Found => ({
        ...{ name, label: withPlace(name, company), request: { kind: 'contact', contactId: id } },
      }),
    ),
    terminals: (terminals.data?.items ?? []).map(
      ({ id, name, space }): Found => ({
        ...{ name, label: withPlace(name, space?.name), request: { kind: 'terminal', terminalId: id } },
      }),
    ),
  };
}

export function useDepartments(who: Planner): Department[] {
  const { queries } = useApp();
  const answer = useQuery({ ...queries.departments(), enabled: mayCall(departmentRoutes.list.access, who) });
  return answer.data?.items ?? [];
}

/** How many a department stands for: its people and those of the departments below it. */
export function headcount(departments: readonly Department[], id: string): number {
  const own = departments.find((each) => each.id === id)?.people ?? 0;
  const below = departments.filter(({ parentId }) => parentId === id);
  return below.reduce((sum, each) => sum + headcount(departments, each.id), own);
}
