import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { ProblemAnswer } from '../../api/failure.ts';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { SignInFrame } from '../sign-in/sign-in-page.tsx';

/** The browser came back from an identity provider, and that opened or linked nothing: why, and the way on. */
export function IdentityFailedPage({ error }: ErrorComponentProps) {
  const text = texts.useText();
  const { queries } = useApp();
  // Nobody signed in is an answer here, not a failure.
  const session = useQuery({ ...queries.session(), retry: false });
  const isUnlinked = error instanceof ProblemAnswer && error.problem.code === 'identity_unlinked';
  return (
    <SignInFrame>
      <h1>{text(isUnlinked ? 'identity.unlinked' : 'identity.failed')}</h1>
      <div className="stack sign-in-form">
        <FaultNote error={error} />
        {session.data ? (
          <Button size="md" renderRoot={(props) => <Link to="/account" hash="identities" {...props} />}>
            {text('identity.account')}
          </Button>
        ) : (
          <Button
            size="md"
            renderRoot={(props) => <Link to="/sign-in" search={isUnlinked ? { next: '/account' } : {}} {...props} />}
          >
            {text('identity.another')}
          </Button>
        )}
      </div>
    </SignInFrame>
  );
}
