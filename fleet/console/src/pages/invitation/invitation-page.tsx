import { letterRoutes } from '@anteroom/shared/api/invitations.ts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { isSignedOut } from '../../api/failure.ts';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { SignInFrame } from '../sign-in/sign-in-page.tsx';
import { LetterAnswer, SignedOutAnswer } from './letter-answer.tsx';
import { RefuseLetter } from './refuse-letter.tsx';

const route = getRouteApi('/invitation/$token');

/** Where the link of an invitation (邀请) leads: who invites into what, and the way in. */
export function InvitationPage() {
  const text = texts.useText();
  const { token } = route.useParams();
  const isWhole = letterRoutes.look.params.safeParse({ token }).success;
  return (
    <SignInFrame>
      {isWhole ? (
        <Letter token={token} />
      ) : (
        <>
          <h1>{text('invitation.broken')}</h1>
          <p className="lead">{text('invitation.brokenNext')}</p>
        </>
      )}
    </SignInFrame>
  );
}

function Letter({ token }: { token: string }) {
  const text = texts.useText();
  const { queries } = useApp();
  const { day } = useWhen();
  const letter = useQuery(queries.letter(token));
  // Nobody signed in is an answer here, not a failure.
  const session = useQuery({ ...queries.session(), retry: false });
  const sessionError = session.error && !isSignedOut(session.error) ? session.error : null;
  if (letter.error)
    return (
      <>
        <h1>{text('invitation.failed')}</h1>
        <div className="stack sign-in-form">
          <FaultNote error={letter.error} onRetry={letter.refetch} />
          <Link to="/" className="link">
            {text('register.console')}
          </Link>
        </div>
      </>
    );
  if (!letter.data || session.isPending) return <p className="t2">{text('list.loading')}</p>;
  const { organizationName: organization, invitedBy: inviter, name, state, sentBy, expiresAt } = letter.data;
  if (state !== 'waiting')
    return (
      <>
        <h1>{text(`invitation.${state}`, { organization })}</h1>
        <p className="lead">{text(`invitation.${state}Next`, { inviter, organization })}</p>
        <div className="stack sign-in-form">
          <Link to="/" className="link">
            {text('register.console')}
          </Link>
        </div>
      </>
    );
  return (
    <>
      <h1>{text('invitation.title', { organization })}</h1>
      <p className="lead">{text('invitation.lead', { inviter, name, day: day(expiresAt) })}</p>
      <div className="stack sign-in-form">
        <FaultNote error={sessionError} onRetry={session.refetch} />
        {session.data && !session.error ? (
          <LetterAnswer token={token} letter={letter.data} session={session.data} />
        ) : null}
        {session.error && !sessionError ? <SignedOutAnswer token={token} sentBy={sentBy} /> : null}
        <RefuseLetter token={token} organization={organization} />
      </div>
    </>
  );
}
