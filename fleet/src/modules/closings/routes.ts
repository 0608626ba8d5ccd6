import type { closingRoutes } from '@anteroom/shared/api/closing.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { ClosingsService } from './service.ts';

export function createClosingHandlers({ closings }: { closings: ClosingsService }): Handlers<typeof closingRoutes> {
  return {
    async get({ actor }) {
      const { hasPaidOrder, request } = await closings.get(actor);
      if (request === null) return { hasPaidOrder, request };
      const { requestedAt, requestedBy, requesterName, effectiveAt } = request;
      return {
        hasPaidOrder,
        request: { requestedAt, requestedBy: { id: requestedBy, name: requesterName }, effectiveAt },
      };
    },
    sendCode: ({ actor, address }) => closings.sendCode(actor, address),
    dissolve: ({ actor, body }) => closings.dissolve(actor, body.code),
    async withdraw({ actor }) {
      await closings.withdraw(actor);
      return undefined;
    },
  };
}
