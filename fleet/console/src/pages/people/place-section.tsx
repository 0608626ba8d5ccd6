import { type PersonDetail, peopleRoutes } from '@anteroom/shared/api/people.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useMutation } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { SavedForm } from '../../components/saved-form.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { PlaceFields, placeOfPerson } from './place-fields.tsx';

/** A form about one person, as far as it was read: `tag` is the version that it changes. */
export type PersonForm = {
  person: PersonDetail;
  tag: string | undefined;
  onSaved: () => Promise<void>;
  onStartAgain: () => Promise<void>;
};

export function PlaceSection({ person, tag, onSaved, onStartAgain }: PersonForm) {
  const text = texts.useText();
  const { api } = useApp();
  const before = placeOfPerson(person);
  const form = useFields(before);
  const save = useMutation({
    mutationFn: (body: RouteBody<typeof peopleRoutes.update>) =>
      api.people.update({ params: { accountId: person.id }, body, tag }),
    onSuccess: onSaved,
  });
  return (
    <SavedForm
      id="place"
      title={text('person.place')}
      save={save}
      onStartAgain={onStartAgain}
      onSubmit={() => {
        const body = form.read(peopleRoutes.update.body, form.values);
        if (body) save.mutate(body);
      }}
    >
      <PlaceFields {...form} isWithinManaged />
    </SavedForm>
  );
}
