import type { Session, sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import type { FastifyRequest } from 'fastify';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '../../plugins/session-cookie.ts';
import type { Actor, SessionsService } from './service.ts';

export function createSessionHandlers(deps: {
  sessions: SessionsService;
  /** Whether browsers reach this fleet by HTTPS: then the cookie is for HTTPS only. */
  isSecure: () => boolean;
}): Handlers<typeof sessionRoutes> {
  const { sessions, isSecure } = deps;
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
    current: ({ actor }) => Promise.resolve(toSession(actor)),
    async signOut({ actor, request, reply }) {
      const token = readSessionCookie(request);
      if (token !== undefined) await sessions.signOut(token, actor);
      clearSessionCookie(reply);
      return undefined;
    },
  };
}

function userAgentOf({ headers }: FastifyRequest): string {
  return headers['user-agent'] ?? '';
}

function toSession(actor: Actor): Session {
  return {
    account: { id: actor.accountId, name: actor.accountName, language: actor.language },
    organization: { id: actor.orgId, name: actor.orgName, timeZone: actor.orgTimeZone },
    role: actor.role,
    permissions: [...actor.permissions],
  };
}
