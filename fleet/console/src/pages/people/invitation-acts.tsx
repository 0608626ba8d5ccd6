import type { Invitation } from '@anteroom/shared/api/invitations.ts';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';

type Act = 'send' | 'withdraw' | 'approve' | 'decline';

/** What can be done with an invitation as it is. */
const actsIn: Record<Invitation['state'], readonly Act[]> = {
  waiting: ['send', 'withdraw'],
  expired: ['send'],
  accepted: ['approve', 'decline'],
  joined: [],
  withdrawn: [],
  declined: [],
  refused: [],
};

export function InvitationActs({ invitation }: { invitation: Invitation }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<'withdraw' | 'decline' | null>(null);
  const { id: invitationId, name, recipient, state } = invitation;
  const run = useMutation({
    mutationFn: (act: Act) => api.invitations[act]({ params: { invitationId } }),
    onSuccess: async () => {
      setAsked(null);
      await queryClient.invalidateQueries({ queryKey: ['people'] });
    },
  });
  const acts = actsIn[state];
  if (acts.length === 0) return null;
  return (
    <>
      <div className="row-acts">
        {acts.map((act) => (
          <Button
            key={act}
            size="compact-sm"
            variant={act === 'approve' ? 'filled' : 'default'}
            aria-label={text('invite.actOf', { act: text(`invite.${act}`), name })}
            loading={run.isPending && run.variables === act && asked === null}
            onClick={() => (act === 'withdraw' || act === 'decline' ? setAsked(act) : run.mutate(act))}
          >
            {text(`invite.${act}`)}
          </Button>
        ))}
      </div>
      <span role="status" className="t2">
        {run.isSuccess && run.variables === 'send' ? text('invite.sentAgain', { recipient }) : ''}
      </span>
      {asked === null ? (
        <div className="row-fault">
          <FaultNote error={run.error} />
        </div>
      ) : null}
      {asked ? (
        <Confirm
          title={text(`invite.${asked}Title`, { name })}
          act={text(`invite.${asked}`)}
          {...(asked === 'decline' ? { keep: text('invite.declineLater') } : {})}
          isBusy={run.isPending}
          error={run.error}
          onAct={() => run.mutate(asked)}
          onClose={() => {
            setAsked(null);
            run.reset();
          }}
        >
          <p>{text(`invite.${asked}What`, { name })}</p>
        </Confirm>
      ) : null}
    </>
  );
}
