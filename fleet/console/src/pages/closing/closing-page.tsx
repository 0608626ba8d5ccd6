import { closingDays } from '@anteroom/shared/api/closing.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { DissolveForm } from './dissolve-form.tsx';

/** How an organization ends (注销企业): at once, or thirty days after it asked while a paid order runs. */
export function ClosingPage() {
  const text = texts.useText();
  const { api, queries } = useApp();
  const { day } = useWhen();
  const queryClient = useQueryClient();
  const { data: session } = useQuery(queries.session());
  const { data: closing, error } = useQuery(queries.closing());
  const withdraw = useMutation({
    mutationFn: () => api.closing.withdraw({}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['people', 'closing'] }),
  });
  const request = closing?.request;
  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/organization" className="link">
          {text('organization.title')}
        </Link>
      </nav>
      <header className="page-head">
        <h1>{text('closing.title')}</h1>
      </header>
      <FaultNote error={error} />
      {request ? (
        <div className="stack narrow">
          <div className="note" data-kind="lamp">
            <p>
              {text('closing.requested', {
                name: request.requestedBy.name,
                requested: day(request.requestedAt),
                effective: day(request.effectiveAt),
              })}
            </p>
          </div>
          <p className="t2">{text('closing.whatEnds')}</p>
          <FaultNote error={withdraw.error} />
          <div className="row">
            <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
              {text('closing.withdraw')}
            </Button>
          </div>
        </div>
      ) : null}
      {closing && !request && session ? (
        <div className="stack narrow">
          <p className="t2">{text('closing.whatEnds')}</p>
          <p className="t2">
            {closing.hasPaidOrder ? text('closing.paid', { days: closingDays }) : text('closing.atOnce')}
          </p>
          {session.role === 'defaultAdministrator' ? (
            <DissolveForm organization={session.organization.name} hasPaidOrder={closing.hasPaidOrder} />
          ) : (
            <p>{text('closing.onlyDefault')}</p>
          )}
        </div>
      ) : null}
    </>
  );
}
