import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { CodeConfirm } from '../../components/code-confirm.tsx';
import { texts } from '../../locales/texts.ts';

/** A code is sent; the code and the organization's name confirm its end. */
export function DissolveForm({ organization, hasPaidOrder }: { organization: string; hasPaidOrder: boolean }) {
  const text = texts.useText();
  const { api } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const act = hasPaidOrder ? text('closing.request') : text('closing.dissolve');
  const dissolve = useMutation({
    mutationFn: (code: string) => api.closing.dissolve({ body: { code } }),
    onSuccess: async ({ outcome }) => {
      // The request stands in this form's place then.
      if (outcome === 'requested') return await queryClient.invalidateQueries({ queryKey: ['people', 'closing'] });
      await navigate({ to: '/sign-in', search: { why: 'removed_from_organization' } });
      queryClient.clear();
    },
  });
  return (
    <CodeConfirm
      ask={text('closing.sendCode')}
      sendCode={() => api.closing.sendCode({})}
      title={act}
      act={act}
      typed={organization}
      isBusy={dissolve.isPending}
      error={dissolve.error}
      onAct={dissolve.mutate}
      onClose={dissolve.reset}
    />
  );
}
