import type { registrationRoutes } from '@anteroom/shared/api/accounts.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { setSessionCookie, userAgentOf } from '../../plugins/session-cookie.ts';
import { toSession } from '../sessions/service.ts';
import type { EntryService } from './service.ts';

export function createRegistrationHandlers(deps: {
  entry: EntryService;
  isSecure: () => boolean;
}): Handlers<typeof registrationRoutes> {
  const { entry, isSecure } = deps;
  return {
    sendCode: ({ body, address }) => entry.sendRegistrationCode(body, address),
    confirm: ({ body }) => entry.confirm(body),
    async register({ body, address, request, reply }) {
      const { acceptsTerms: _accepted, ...registration } = body;
      const opened = await entry.register(registration, { address, userAgent: userAgentOf(request) });
      setSessionCookie(reply, { ...opened, isSecure: isSecure() });
      return toSession(opened.actor);
    },
  };
}
