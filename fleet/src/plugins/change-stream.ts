import { apiBase } from '@anteroom/shared/api/contract.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { FastifyInstance } from 'fastify';
import type { ChangesService } from '../modules/changes/service.ts';
import type { SessionsService } from '../modules/sessions/service.ts';
import { authorize } from './contract-routes.ts';
import type { EventStreams } from './event-streams.ts';

const keepAliveEveryMs = 15_000;

/** GET /api/v1/changes: one `change` for each topic that changed, until sign-out. */
export function registerChangeStream(
  app: FastifyInstance,
  deps: { streams: EventStreams; changes: ChangesService; sessions: SessionsService; publicUrl: () => string },
): void {
  app.route({
    method: 'GET',
    url: `${apiBase}/changes`,
    schema: { summary: 'What changes, as server-sent events', tags: ['overview'], security: [{ session: [] }] },
    onRequest: (request) => authorize(request, { access: 'signedIn', method: 'GET' }, deps),
    handler(request, reply) {
      const { actor } = request;
      if (!actor) throw new ProblemError('sign_in_required');
      let stopListening = () => {};
      const stream = deps.streams.open(request, reply, {
        keepAliveEveryMs,
        findEnd: () => Promise.resolve(null),
        onDrain: () => {},
        onEnd: () => stopListening(),
      });
      stopListening = deps.changes.listen(actor, (change) => {
        stream.send('change', change);
        if (change.topic === 'sessions') stream.check();
      });
    },
  });
}
