import { mayCall } from '@anteroom/shared/api/access.ts';
import { type Invitation, invitationRoutes } from '@anteroom/shared/api/invitations.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { isAdministrator } from '@anteroom/shared/identity/roles.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FormPage } from '../../components/form-page.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { bareNumber } from './contact-fields.tsx';
import { MessageLanguage } from './message-language.tsx';
import { nowhere, PlaceFields } from './place-fields.tsx';
import './people.css';

/** Invites somebody, and says where the invitation went; whoever may invite several goes on with the next. */
export function NewInvitationPage() {
  const [sent, setSent] = useState<Invitation | null>(null);
  return sent ? <SentInvitation invitation={sent} onNext={() => setSent(null)} /> : <InvitationForm onSent={setSent} />;
}

function InvitationForm({ onSent }: { onSent: (invitation: Invitation) => void }) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const { language } = useLanguage();
  const queryClient = useQueryClient();
  const session = useQuery(queries.session()).data;
  const keyOf = useOnceKey();
  const form = useFields({ name: '', recipient: '', language, ...nowhere });
  const { values, set, isRefused } = form;
  const create = useMutation({
    mutationFn: (body: RouteBody<typeof invitationRoutes.create>) => api.invitations.create({ body, key: keyOf(body) }),
    onSuccess: async (invitation) => {
      onSent(invitation);
      await queryClient.invalidateQueries({ queryKey: ['people'] });
    },
  });
  return (
    <FormPage
      crumb={<Crumb />}
      title={text('invite.newTitle')}
      error={create.error}
      submit={text('invite.create')}
      isPending={create.isPending}
      cancel={(props) => <Link to="/people" {...props} />}
      onSubmit={() => {
        const { recipient } = values;
        const to = recipient.includes('@') ? recipient.trim() : bareNumber(recipient);
        const body = form.read(invitationRoutes.create.body, { ...values, recipient: to });
        if (body) create.mutate(body);
      }}
    >
      <p className="t2">{text('invite.newLead')}</p>
      <TextInput
        label={text('people.name')}
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={isRefused('name') ? text('field.name.wrong') : undefined}
      />
      <TextInput
        label={text('invite.recipient')}
        description={text('invite.recipientHint')}
        value={values.recipient}
        onChange={(event) => set('recipient', event.target.value)}
        error={isRefused('recipient') ? text('invite.recipientWrong') : undefined}
      />
      <MessageLanguage value={values.language} onChange={(chosen) => set('language', chosen)} />
      <PlaceFields {...form} isWithinManaged={session !== undefined && isAdministrator(session)} />
    </FormPage>
  );
}

function SentInvitation({ invitation, onNext }: { invitation: Invitation; onNext: () => void }) {
  const text = texts.useText();
  const { queries } = useApp();
  const { stamp } = useWhen();
  const session = useQuery(queries.session()).data;
  const { name, recipient, expiresAt } = invitation;
  const way = text(recipient.includes('@') ? 'person.byEmail' : 'person.bySms', { recipient });
  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Crumb />
      </nav>
      <header className="page-head">
        <h1>{text('invite.done', { name })}</h1>
      </header>
      <p className="lead" role="status">
        {text('invite.doneWhat', { way, when: stamp(expiresAt) })}
      </p>
      <div className="form-end person-send">
        <Button onClick={onNext}>{text('invite.another')}</Button>
        {session && mayCall(invitationRoutes.list.access, session) ? (
          <Button variant="default" renderRoot={(props) => <Link to="/people/invitations" {...props} />}>
            {text('invite.title')}
          </Button>
        ) : (
          <Button variant="default" renderRoot={(props) => <Link to="/people" {...props} />}>
            {text('people.title')}
          </Button>
        )}
      </div>
    </>
  );
}

function Crumb() {
  const text = texts.useText();
  return (
    <Link to="/people" className="link">
      {text('people.title')}
    </Link>
  );
}
