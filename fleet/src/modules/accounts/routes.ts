import type { Account, accountRoutes } from '@anteroom/shared/api/accounts.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { FastifyRequest } from 'fastify';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import { readSessionCookie } from '../../plugins/session-cookie.ts';
import type { SessionsService } from '../sessions/service.ts';
import type { OwnAccountService } from './own-service.ts';

export function createAccountHandlers(deps: {
  own: OwnAccountService;
  sessions: SessionsService;
}): Handlers<typeof accountRoutes> {
  const { own, sessions } = deps;
  return {
    get: async ({ actor }) => toAccount(await own.get(actor)),
    update: async ({ actor, body }) => toAccount(await own.update(actor, given(body))),
    sendEmailCode: ({ actor, body, address }) => own.sendEmailCode(actor, body.email, address),
    setEmail: async ({ actor, body }) => toAccount(await own.setEmail(actor, body.email, body.code)),
    async changePassword({ actor, body, request }) {
      await own.changePassword(actor, body, tokenOf(request));
      return undefined;
    },
    async listSessions({ actor, request }) {
      return { items: await sessions.list(actor, tokenOf(request)) };
    },
    async endSession({ actor, params }) {
      await sessions.end(actor, params.sessionId);
      return undefined;
    },
    async endOtherSessions({ actor, request }) {
      await sessions.endOthers(actor, tokenOf(request));
      return undefined;
    },
    sendDeletionCode: ({ actor, body, address }) => own.sendDeletionCode(actor, body.client, address),
    async remove({ actor, body }) {
      await own.remove(actor, body.code, body.client);
      return undefined;
    },
  };
}

/** Whoever has an actor came with a session. */
function tokenOf(request: FastifyRequest): string {
  const token = readSessionCookie(request);
  if (token === undefined) throw new ProblemError('sign_in_required');
  return token;
}

function toAccount(row: Omit<Account, 'hasPassword'> & { passwordHash: string | null }): Account {
  const { id, kind, name, phone, email, language, personalNumber, passwordHash } = row;
  return { id, kind, name, phone, email, language, personalNumber, hasPassword: passwordHash !== null };
}
