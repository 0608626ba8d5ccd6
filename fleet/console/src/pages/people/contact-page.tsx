import { type Contact, contactRoutes } from '@anteroom/shared/api/people.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useFields } from '../../components/use-fields.ts';
import { useRounds } from '../../components/use-rounds.ts';
import { texts } from '../../locales/texts.ts';
import { ContactFields, type ContactValues, toContactBody } from './contact-fields.tsx';
import { DirectoryForm, FormLoading, useLeave } from './directory-form.tsx';

const route = getRouteApi('/signedIn/people/contacts/$contactId');
const list = '/people/contacts';

export function NewContactPage() {
  const text = texts.useText();
  const { api } = useApp();
  const leave = useLeave(list);
  const keyOf = useOnceKey();
  const form = useFields<ContactValues>({ name: '', company: '', phone: '', email: '', remark: '' });
  const create = useMutation({
    mutationFn: (body: RouteBody<typeof contactRoutes.create>) => api.contacts.create({ body, key: keyOf(body) }),
    onSuccess: leave,
  });
  return (
    <DirectoryForm
      list={list}
      title={text('contacts.new')}
      submit={text('contacts.create')}
      mayManage
      error={create.error}
      isPending={create.isPending}
      onSubmit={() => {
        const body = form.read(contactRoutes.create.body, toContactBody(form.values));
        if (body) create.mutate(body);
      }}
      remove={null}
      note={null}
    >
      <ContactFields {...form} />
    </DirectoryForm>
  );
}

export function ContactPage() {
  const { queries } = useApp();
  const { contactId } = route.useParams();
  const { data: contact, error, refetch } = useQuery(queries.contact(contactId));
  const departments = useQuery(queries.departments());
  const { round, startAgain } = useRounds(refetch);
  if (!contact || !departments.data)
    return (
      <FormLoading error={error ?? departments.error} onRetry={() => Promise.all([refetch(), departments.refetch()])} />
    );
  return (
    <EditContact
      key={`${contactId} ${round}`}
      contact={contact}
      mayManage={departments.data.mayManageAll}
      onStartAgain={startAgain}
    />
  );
}

function EditContact({
  contact,
  mayManage,
  onStartAgain,
}: {
  contact: Contact;
  mayManage: boolean;
  onStartAgain: () => Promise<void>;
}) {
  const text = texts.useText();
  const { api } = useApp();
  const leave = useLeave(list);
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
    <>
      <DirectoryForm
        list={list}
        title={name}
        submit={text('action.save')}
        mayManage={mayManage}
        error={save.error}
        isPending={save.isPending}
        onStartAgain={onStartAgain}
        onSubmit={() => {
          const body = form.read(contactRoutes.update.body, toContactBody(form.values));
          if (body) save.mutate(body);
        }}
        remove={{ words: text('contacts.remove'), onOpen: () => setIsRemoving(true) }}
        note={mayManage ? null : <p className="t2">{text('contacts.readOnly')}</p>}
      >
        <ContactFields {...form} />
      </DirectoryForm>
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
    </>
  );
}
