import { type Contact, contactRoutes } from '@anteroom/shared/api/people.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { ContactFields, type ContactValues, toContactBody } from './contact-fields.tsx';

const route = getRouteApi('/signedIn/people/contacts/$contactId');

export function NewContactPage() {
  const text = texts.useText();
  const { api } = useApp();
  const leave = useLeave();
  const keyOf = useOnceKey();
  const form = useFields<ContactValues>({ name: '', company: '', phone: '', email: '', remark: '' });
  const create = useMutation({
    mutationFn: (body: RouteBody<typeof contactRoutes.create>) => api.contacts.create({ body, key: keyOf(body) }),
    onSuccess: leave,
  });
  return (
    <FormPage
      crumb={<Crumb />}
      title={text('contacts.new')}
      error={create.error}
      submit={text('contacts.create')}
      isPending={create.isPending}
      cancel={(props) => <Link to="/people/contacts" {...props} />}
      onSubmit={() => {
        const body = form.read(contactRoutes.create.body, toContactBody(form.values));
        if (body) create.mutate(body);
      }}
    >
      <ContactFields {...form} />
    </FormPage>
  );
}

export function ContactPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { contactId } = route.useParams();
  const { data: contact, error, refetch } = useQuery(queries.contact(contactId));
  const [round, setRound] = useState(0);
  if (!contact) {
    return error ? <FaultNote error={error} onRetry={refetch} /> : <p className="t2">{text('list.loading')}</p>;
  }
  // A form that somebody else overtook is filled again from what is there now.
  const startAgain = () => refetch().then(() => setRound(round + 1));
  return <EditContact key={`${contactId} ${round}`} contact={contact} onStartAgain={startAgain} />;
}

function EditContact({ contact, onStartAgain }: { contact: Contact; onStartAgain: () => Promise<void> }) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const leave = useLeave();
  const mayManage = useQuery(queries.departments()).data?.mayManageAll ?? false;
  const [isRemoving, setIsRemoving] = useState(false);
  const { id: contactId, name, company, phone, email, remark } = contact;
  const [tag] = useState(() => api.tagOf(contactRoutes.get, { contactId }));
  const form = useFields<ContactValues>({ name, company, phone: phone ?? '', email: email ?? '', remark });
  const save = useMutation({
    mutationFn: (body: RouteBody<typeof contactRoutes.update>) =>
      api.contacts.update({ params: { contactId }, body, tag }),
    onSuccess: leave,
  });
  const remove = useMutation({
    mutationFn: () => api.contacts.remove({ params: { contactId } }),
    onSuccess: leave,
  });
  return (
    <FormPage
      crumb={<Crumb />}
      title={name}
      error={save.error}
      onStartAgain={onStartAgain}
      submit={mayManage ? text('action.save') : null}
      isPending={save.isPending}
      cancel={(props) => <Link to="/people/contacts" {...props} />}
      onSubmit={() => {
        const body = form.read(contactRoutes.update.body, toContactBody(form.values));
        if (body) save.mutate(body);
      }}
      others={
        mayManage ? (
          <Button variant="default" className="danger-outline" onClick={() => setIsRemoving(true)}>
            {text('contacts.remove')}
          </Button>
        ) : null
      }
    >
      {mayManage ? null : <p className="t2">{text('contacts.readOnly')}</p>}
      <fieldset className="form" disabled={!mayManage}>
        <ContactFields {...form} />
      </fieldset>
      {isRemoving ? (
        <Confirm
          title={text('contacts.removeTitle', { name })}
          act={text('contacts.remove')}
          typed={name}
          isBusy={remove.isPending}
          error={remove.error}
          onAct={() => remove.mutate()}
          onClose={() => setIsRemoving(false)}
        >
          <p>{text('contacts.removeWhat')}</p>
        </Confirm>
      ) : null}
    </FormPage>
  );
}

/** Back to the list, which is another now. */
function useLeave(): () => Promise<void> {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return async () => {
    await navigate({ to: '/people/contacts' });
    await queryClient.invalidateQueries({ queryKey: ['people'] });
  };
}

function Crumb() {
  const text = texts.useText();
  return (
    <Link to="/people/contacts" className="link">
      {text('contacts.title')}
    </Link>
  );
}
