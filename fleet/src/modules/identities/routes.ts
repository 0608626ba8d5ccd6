import type { identityRoutes } from '@anteroom/shared/api/identities.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { clearFlowCookie, readFlowCookie, setFlowCookie } from '../../plugins/flow-cookie.ts';
import { languageOf } from '../../plugins/language.ts';
import { setSessionCookie, userAgentOf } from '../../plugins/session-cookie.ts';
import { toSession } from '../sessions/service.ts';
import { type Begun, flowLifeMs, type IdentitiesService, type Reader } from './service.ts';

export function createIdentityHandlers(deps: {
  identities: IdentitiesService;
  /** Whether browsers reach this fleet by HTTPS: then the cookies are for HTTPS only. */
  isSecure: () => boolean;
}): Handlers<typeof identityRoutes> {
  const { identities, isSecure } = deps;
  const readerOf = ({ address, request }: { address: string; request: FastifyRequest }): Reader => {
    return { address, language: languageOf(request.headers['accept-language']) };
  };

  function send(reply: FastifyReply, { url, browserToken }: Begun): { url: string } {
    setFlowCookie(reply, { token: browserToken, lifeMs: flowLifeMs, isSecure: isSecure() });
    return { url };
  }

  return {
    listProviders: () => Promise.resolve({ items: identities.listProviders() }),
    beginSignIn: async (call) => send(call.reply, await identities.beginSignIn(call.body.providerId, readerOf(call))),
    async finish(call) {
      const { actor, body, request, reply } = call;
      const browser = { token: readFlowCookie(request), actor, userAgent: userAgentOf(request), ...readerOf(call) };
      clearFlowCookie(reply);
      const finished = await identities.finish(body.answer, browser);
      if (finished.did === 'link') return finished;
      setSessionCookie(reply, { ...finished.opened, isSecure: isSecure() });
      return { did: 'signIn', session: toSession(finished.opened.actor) };
    },
    list: async ({ actor }) => ({ items: await identities.list(actor) }),
    beginLink: async (call) => send(call.reply, await identities.beginLink(call.actor, call.body, readerOf(call))),
    async unlink(call) {
      const { actor, params, body } = call;
      await identities.unlink(actor, params.identityId, body.password, readerOf(call).language);
      return undefined;
    },
  };
}
