import { mayCall } from '@anteroom/shared/api/access.ts';
import { type InvitationLetter, letterRoutes } from '@anteroom/shared/api/invitations.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ProblemAnswer } from '../../api/failure.ts';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { FreeMeetingsNote } from '../../components/free-meetings-note.tsx';
import { texts } from '../../locales/texts.ts';

/** Whoever is not signed in goes by the sign-in or the registration, and comes back. */
export function SignedOutAnswer({ token, sentBy }: { token: string; sentBy: InvitationLetter['sentBy'] }) {
  const text = texts.useText();
  const next = `/invitation/${token}`;
  return (
    <>
      <p>{text(sentBy === 'email' ? 'invitation.sameAddress' : 'invitation.samePhone')}</p>
      <Button size="md" renderRoot={(props) => <Link to="/sign-in" search={{ next }} {...props} />}>
        {text('signIn.submit')}
      </Button>
      <Button size="md" variant="default" renderRoot={(props) => <Link to="/register" search={{ next }} {...props} />}>
        {text('invitation.register')}
      </Button>
    </>
  );
}

/** Joins, leaves the invitation open, or changes the account. An invitation that is left open ends by itself. */
export function LetterAnswer({
  token,
  letter,
  session,
}: {
  token: string;
  letter: InvitationLetter;
  session: Session;
}) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const accept = useMutation({
    mutationFn: () => api.letters.accept({ params: { token } }),
    // The role is another now, and with it everything that this account may see. After a refusal the letter may be over.
    onSettled: () => queryClient.invalidateQueries(),
  });
  const signOut = useMutation({
    mutationFn: () => api.session.signOut({}),
    onSuccess: () => queryClient.resetQueries({ queryKey: queries.session().queryKey }),
  });
  const name = session.account.name;
  const organization = letter.organizationName;
  return (
    <>
      {mayCall(letterRoutes.accept.access, session) ? (
        <>
          <p>{text('invitation.signedInAs', { name })}</p>
          <FreeMeetingsNote session={session} />
          <FaultNote error={accept.error} />
          {letter.sentBy === 'email' && isForOther(accept.error) ? (
            <Link to="/account" className="link">
              {text('invitation.toAccount')}
            </Link>
          ) : null}
          <Button size="md" loading={accept.isPending} onClick={() => accept.mutate()}>
            {text('invitation.join', { organization })}
          </Button>
        </>
      ) : (
        <p className="note" data-kind="lamp">
          {text('invitation.elsewhere', { name, own: session.organization.name, organization })}
        </p>
      )}
      <FaultNote error={signOut.error} />
      <Button size="md" variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {text('invitation.otherAccount')}
      </Button>
      <Link to="/" className="link">
        {text('invitation.notNow')}
      </Link>
    </>
  );
}

function isForOther(error: unknown): boolean {
  return error instanceof ProblemAnswer && error.problem.code === 'invitation_for_other';
}
