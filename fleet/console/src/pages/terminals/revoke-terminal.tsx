import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { Confirm } from '../../components/confirm.tsx';
import { texts } from '../../locales/texts.ts';

/** Takes a terminal out of use at once. There is no way back but pairing, so its name has to be typed. */
export function RevokeTerminal({ terminal, onClose }: { terminal: Terminal; onClose: () => void }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.terminals.revoke({ params: { terminalId: terminal.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      onClose();
    },
  });
  return (
    <Confirm
      title={text('revoke.title', { name: terminal.name })}
      act={text('revoke.act')}
      typed={terminal.name}
      isBusy={revoke.isPending}
      error={revoke.error}
      onAct={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>{text('revoke.what')}</p>
    </Confirm>
  );
}
