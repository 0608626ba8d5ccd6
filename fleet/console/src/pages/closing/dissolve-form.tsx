import { closingRoutes } from '@anteroom/shared/api/closing.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { CodeField } from '../../components/code-field.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';

/** A code is sent; the code and the organization's name confirm its end. */
export function DissolveForm({ organization, hasPaidOrder }: { organization: string; hasPaidOrder: boolean }) {
  const text = texts.useText();
  const { api } = useApp();
  const clock = useClock();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [sentAtMs, setSentAtMs] = useState<number | null>(null);
  const form = useFields({ code: '' });
  const act = hasPaidOrder ? text('closing.request') : text('closing.dissolve');
  const send = useMutation({
    mutationFn: () => api.closing.sendCode({}),
    onSuccess: () => setSentAtMs(clock.monotonicMs()),
  });
  const dissolve = useMutation({
    mutationFn: (body: { code: string }) => api.closing.dissolve({ body }),
    onSuccess: async ({ outcome }) => {
      setSentAtMs(null);
      if (outcome === 'requested') return await queryClient.invalidateQueries({ queryKey: ['people', 'closing'] });
      await navigate({ to: '/sign-in', search: { why: 'removed_from_organization' } });
      queryClient.clear();
    },
  });
  return (
    <>
      {sentAtMs === null ? <FaultNote error={send.error} /> : null}
      <div className="row">
        <Button className="danger-outline" variant="default" loading={send.isPending} onClick={() => send.mutate()}>
          {text('closing.sendCode')}
        </Button>
      </div>
      {sentAtMs === null ? null : (
        <Confirm
          title={act}
          act={act}
          typed={organization}
          isBusy={dissolve.isPending}
          error={dissolve.error ?? send.error}
          onAct={() => {
            const body = form.read(closingRoutes.dissolve.body, form.values);
            if (body) dissolve.mutate(body);
          }}
          onClose={() => setSentAtMs(null)}
        >
          <CodeField
            value={form.values.code}
            sentAtMs={sentAtMs}
            isRefused={form.isRefused('code')}
            isBusy={send.isPending}
            onChange={(code) => form.set('code', code)}
            onAgain={() => send.mutate()}
          />
        </Confirm>
      )}
    </>
  );
}
