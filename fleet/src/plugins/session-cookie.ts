import type { FastifyReply, FastifyRequest } from 'fastify';

const cookieName = 'anteroom_session';

/** HttpOnly: no script reads it. SameSite=Lax: other sites' forms and scripts do not send it; Origin is checked besides. */
export function setSessionCookie(
  reply: FastifyReply,
  session: { token: string; expiresAt: Date; isSecure: boolean },
): void {
  reply.setCookie(cookieName, session.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: session.isSecure,
    expires: session.expiresAt,
  });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(cookieName, { path: '/', httpOnly: true, sameSite: 'lax' });
}

/** What the person sees in their list of sessions. */
export function userAgentOf({ headers }: FastifyRequest): string {
  return headers['user-agent'] ?? '';
}

export function readSessionCookie(request: FastifyRequest): string | undefined {
  const token = request.cookies[cookieName];
  return token === undefined || token.length > 128 ? undefined : token;
}
