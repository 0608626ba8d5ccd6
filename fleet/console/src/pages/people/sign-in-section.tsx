import type { PersonDetail } from '@anteroom/shared/api/people.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';

/** Somebody who was added and cannot sign in yet: where the link went, until when it is good, and another one. */
export function SignInSection({
  person,
  signIn,
  onSent,
}: {
  person: PersonDetail;
  signIn: NonNullable<PersonDetail['signIn']>;
  onSent: () => Promise<void>;
}) {
  const text = texts.useText();
  const { api } = useApp();
  const { stamp } = useWhen();
  const { id: accountId, name, phone, email } = person;
  const recipient = phone ?? email ?? '';
  const way = text(phone === null ? 'person.byEmail' : 'person.bySms', { recipient });
  const send = useMutation({
    mutationFn: () => api.people.sendLink({ params: { accountId } }),
    onSuccess: onSent,
  });
  return (
    <section aria-labelledby="sign-in">
      <div className="section-head">
        <h2 id="sign-in">{text('person.signIn')}</h2>
      </div>
      <p>{text('person.noPassword', { name })}</p>
      <p className="t2">
        {signIn.linkExpiresAt
          ? text('person.linkUntil', { way, when: stamp(signIn.linkExpiresAt) })
          : text('person.linkOver', { way })}
      </p>
      <div className="stack person-send">
        <FaultNote error={send.error} />
        <div className="row">
          <Button variant="default" loading={send.isPending} onClick={() => send.mutate()}>
            {text('person.sendLink')}
          </Button>
          <span role="status" className="t2">
            {send.isSuccess ? text('person.linkSent', { way }) : ''}
          </span>
        </div>
      </div>
    </section>
  );
}
