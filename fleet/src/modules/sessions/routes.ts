import type { sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { clearSessionCookie, readSessionCookie, setSessionCookie, userAgentOf } from '../../plugins/session-cookie.ts';
import type { EntryService } from '../entry/service.ts';
import { type SessionsService, toSession } from './service.ts';

export function createSessionHandlers(deps: {
  sessions: SessionsService;
  /** Whether browsers reach this fleet by HTTPS: then the cookie is for HTTPS only. */
  isSecure: () => boolean;
  entry: EntryService;
}): Handlers<typeof sessionRoutes> {
  const { sessions, entry, isSecure } = deps;
  return {
    async signIn({ body, address, request, reply }) {
      const opened = await sessions.signIn(body, { address, userAgent: userAgentOf(request) });
      setSessionCookie(reply, { ...opened, isSecure: isSecure() });
      return toSession(opened.actor);
    },
    async signInByLink({ body, address, request, reply }) {
      const opened = await sessions.signInByLink(body.token, { address, userAgent: userAgentOf(request) });
      setSessionCookie(reply, { ...opened, isSecure: isSecure() });
      return toSession(opened.actor);
    },
    sendCode: ({ body, address }) => entry.sendSignInCode(body, address),
    async signInByCode({ body, address, request, reply }) {
      const opened = await sessions.signInByCode(body, { address, userAgent: userAgentOf(request) });
      setSessionCookie(reply, { ...opened, isSecure: isSecure() });
      return toSession(opened.actor);
    },
    sendResetCode: ({ body, address }) => entry.sendResetCode(body, address),
    async resetPassword({ body, address, request, reply }) {
      const opened = await entry.resetPassword(body, { address, userAgent: userAgentOf(request) });
      setSessionCookie(reply, { ...opened, isSecure: isSecure() });
      return toSession(opened.actor);
    },
    async setPassword({ body, request, address, reply }) {
      const opened = await entry.setPassword(body, { address, userAgent: userAgentOf(request) });
      setSessionCookie(reply, { ...opened, isSecure: isSecure() });
      return toSession(opened.actor);
    },
    current: ({ actor }) => Promise.resolve(toSession(actor)),
    async signOut({ actor, request, reply }) {
      const token = readSessionCookie(request);
      if (token !== undefined) await sessions.signOut(token, actor);
      clearSessionCookie(reply);
      return undefined;
    },
  };
}
