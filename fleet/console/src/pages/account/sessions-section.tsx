import type { OpenSession } from '@anteroom/shared/api/accounts.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { browserName } from './browser-name.ts';

/** Where the account is signed in; each session but this one can be signed out from here. */
export function SessionsSection() {
  const text = texts.useText();
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const sessions = useQuery(queries.sessions());
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ['sessions'] });
  const end = useMutation({
    mutationFn: (sessionId: OpenSession['id']) => api.account.endSession({ params: { sessionId } }),
    onSuccess,
  });
  const endOthers = useMutation({ mutationFn: () => api.account.endOtherSessions({}), onSuccess });
  const items = sessions.data?.items ?? [];
  return (
    <section aria-labelledby="sessions">
      <div className="section-head">
        <h2 id="sessions">{text('account.sessions')}</h2>
        <span className="grow" />
        {items.length > 1 ? (
          <button type="button" className="link" onClick={() => endOthers.mutate()}>
            {text('account.endOthers')}
          </button>
        ) : null}
      </div>
      <FaultNote error={sessions.error ?? end.error ?? endOthers.error} />
      <ul className="rows account-links">
        {items.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
    </section>
  );
}

function SessionRow({ session, onEnd }: { session: OpenSession; onEnd: () => void }) {
  const text = texts.useText();
  const { stamp } = useWhen();
  const { signedInBy, isCurrent } = session;
  const browser = browserName(session.userAgent) ?? text('account.sessionUnknown');
  return (
    <li>
      <span className="grow">
        <span className="block">{text('account.sessionOf', { browser, time: stamp(session.createdAt) })}</span>
        <span className="t3">
          {signedInBy === null ? null : `${text(`account.sessionBy.${signedInBy}`)} · `}
          {isCurrent ? text('account.sessionThis') : text('account.sessionSeen', { time: stamp(session.seenAt) })}
        </span>
      </span>
      {isCurrent ? null : (
        <Button variant="default" size="compact-sm" onClick={onEnd}>
          {text('account.endSession')}
        </Button>
      )}
    </li>
  );
}
