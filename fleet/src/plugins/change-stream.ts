import { apiBase } from '@anteroom/shared/api/contract.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ChangesService } from '../modules/changes/service.ts';
import type { SessionsService } from '../modules/sessions/service.ts';
import { authorize } from './contract-routes.ts';
import { readSessionCookie } from './session-cookie.ts';

const keepAliveEveryMs = 15_000;

/** GET /api/v1/changes: server-sent events (HTML §9.2), one `change` for each topic that changed, until sign-out. */
export function registerChangeStream(
  app: FastifyInstance,
  deps: { changes: ChangesService; sessions: SessionsService; publicUrl: () => string },
): void {
  const open = new Set<() => void>();

  app.route({
    method: 'GET',
    url: `${apiBase}/changes`,
    schema: { summary: 'What changes, as server-sent events', tags: ['overview'], security: [{ session: [] }] },
    onRequest: (request) => authorize(request, { access: 'signedIn', method: 'GET' }, deps),
    handler(request, reply) {
      const { actor } = request;
      const token = readSessionCookie(request);
      if (!actor || token === undefined) throw new ProblemError('sign_in_required');
      const stream = reply.raw;
      reply.hijack();
      stream.writeHead(200, {
        ...headersOf(reply.getHeaders()),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // Proxies that collect answers would hold events back.
        'x-accel-buffering': 'no',
      });
      stream.write('retry: 1000\n\n');
      const stopListening = deps.changes.listen(actor, (change) => {
        stream.write(`event: change\ndata: ${JSON.stringify(change)}\n\n`);
        if (change.topic === 'sessions') checkSession(token);
      });
      const keepAlive = setInterval(() => {
        stream.write(':\n\n');
        checkSession(token);
      }, keepAliveEveryMs);
      /** A signed-out browser is told why, and learns nothing more. */
      function checkSession(ofToken: string): void {
        findEnd(ofToken).then(
          (reason) => {
            if (reason === null) return;
            if (!stream.writableEnded) stream.write(`event: ended\ndata: ${JSON.stringify({ reason })}\n\n`);
            end();
          },
          (error: unknown) => request.log.warn({ err: error }, 'session of a change stream could not be read'),
        );
      }
      function end(): void {
        clearInterval(keepAlive);
        stopListening();
        open.delete(end);
        stream.end();
      }
      open.add(end);
      stream.on('close', end);
    },
  });

  /** Null while the session is open. */
  async function findEnd(token: string): Promise<string | null> {
    if (await deps.sessions.find(token)) return null;
    return (await deps.sessions.findEnd(token)) ?? 'sign_in_required';
  }

  app.addHook('preClose', (done) => {
    for (const end of [...open]) end();
    done();
  });
}

function headersOf(headers: ReturnType<FastifyReply['getHeaders']>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
