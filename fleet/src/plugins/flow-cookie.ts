import { apiBase } from '@anteroom/shared/api/contract.ts';
import { identityRoutes } from '@anteroom/shared/api/identities.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';

const cookieName = 'anteroom_identity';
/** Sent to the one address that reads it, by our own page only: no other site makes a browser finish what it began. */
const scope = { path: `${apiBase}${identityRoutes.finish.path}`, httpOnly: true, sameSite: 'strict' } as const;

/** Ties a way to an identity provider to the browser that began it. */
export function setFlowCookie(reply: FastifyReply, flow: { token: string; lifeMs: number; isSecure: boolean }): void {
  reply.setCookie(cookieName, flow.token, { ...scope, secure: flow.isSecure, maxAge: flow.lifeMs / 1000 });
}

export function clearFlowCookie(reply: FastifyReply): void {
  reply.clearCookie(cookieName, scope);
}

export function readFlowCookie(request: FastifyRequest): string | undefined {
  const token = request.cookies[cookieName];
  return token === undefined || token.length > 128 ? undefined : token;
}
