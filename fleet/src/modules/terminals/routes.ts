import type { Command, terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import type { TerminalsService } from './service.ts';

export function createTerminalHandlers({
  terminals,
}: {
  terminals: TerminalsService;
}): Handlers<typeof terminalRoutes> {
  return {
    async lookUpCode({ actor, body }) {
      const { serial, profile, software, keyPhrase, expiresAt } = await terminals.lookUpCode(actor, body.code);
      return { serial, profile, software, keyPhrase, expiresAt };
    },
    claim: ({ actor, body }) => terminals.claim(actor, body),
    list: ({ actor, query }) => terminals.list(actor, query),
    listDirectory: ({ actor, query }) => terminals.listDirectory(actor, query),
    get: ({ actor, params }) => terminals.get(actor, params.terminalId),
    update: ({ actor, params, body }) => terminals.update(actor, params.terminalId, given(body)),
    revoke: ({ actor, params }) => terminals.revoke(actor, params.terminalId),
    sendCommand: async ({ actor, params, body }) =>
      toCommand(await terminals.sendCommand(actor, params.terminalId, body)),
    async listCommands({ actor, params, query }) {
      const page = await terminals.listCommands(actor, params.terminalId, query);
      return { ...page, items: page.items.map(toCommand) };
    },
    listEvents: ({ actor, params, query }) => terminals.listEvents(actor, params.terminalId, query),
  };
}

function toCommand({ id, request, createdAt, deadlineAt, sentAt, result, detail, finishedAt }: Command): Command {
  return { id, request, createdAt, deadlineAt, sentAt, result, detail, finishedAt };
}
