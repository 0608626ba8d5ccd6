import type { TerminalId } from '@anteroom/shared/ids.ts';
import type { CommandRequest } from '@anteroom/shared/protocol/commands.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';

/** How long a command waits for its terminal before it is not started any more. */
const withinS = 60;

/** Sends commands to one terminal; what became of them stands in its list of commands. */
export function useCommand(terminalId: TerminalId) {
  const { api } = useApp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: CommandRequest) =>
      api.terminals.sendCommand({ params: { terminalId }, body: { request, withinS } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['terminals', 'commands', terminalId] }),
  });
}
