import { apiBase } from '@anteroom/shared/api/contract.ts';
import { liveEventsPath, liveRoutes } from '@anteroom/shared/api/live.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { LiveChange, LiveEvent } from '@anteroom/shared/signalling/live.ts';
import type { FastifyInstance } from 'fastify';
import type { ChangesService } from '../modules/changes/service.ts';
import type { LiveService } from '../modules/live/service.ts';
import type { SessionsService } from '../modules/sessions/service.ts';
import { authorize } from './contract-routes.ts';
import type { EventStream, EventStreams } from './event-streams.ts';

/** Often enough for a reader to know within seconds that the link is dead. */
const keepAliveEveryMs = 5_000;
const { params: ofMeeting } = liveRoutes.get;

/**
 * GET …/events: the live meeting as it is, then each change (`liveEvent`), until session, right or meeting end. A reader
 * who is too slow misses changes and is told everything again once they have read.
 */
export function registerLiveStream(
  app: FastifyInstance,
  deps: {
    streams: EventStreams;
    live: LiveService;
    changes: ChangesService;
    sessions: SessionsService;
    publicUrl: () => string;
  },
): void {
  const { streams, live, changes } = deps;
  app.route({
    method: 'GET',
    url: `${apiBase}${liveEventsPath}`,
    schema: {
      summary: 'A live meeting and what changes of it, as server-sent events, for whoever manages it',
      tags: ['live'],
      security: [{ session: [] }],
      params: ofMeeting,
    },
    onRequest: (request) => authorize(request, { access: 'signedIn', method: 'GET' }, deps),
    async handler(request, reply) {
      const { actor } = request;
      if (!actor) throw new ProblemError('sign_in_required');
      const { meetingId } = ofMeeting.parse(request.params);
      let stream: EventStream | null = null;
      const send = (event: LiveEvent) => stream?.send('live', event);
      const sendView = () => send({ type: 'view', view: followed.view() });
      const followed = await live.follow(actor, meetingId, (change: LiveChange) => {
        if (!stream?.isFull()) send({ type: 'change', change });
      });
      const stopListening = changes.listen(actor, ({ topic }) => {
        if (topic === 'sessions' || topic === 'people') stream?.check();
      });
      stream = streams.open(request, reply, {
        keepAliveEveryMs,
        findEnd: (actorNow) => live.findEnd(actorNow, meetingId),
        onDrain: sendView,
        onEnd() {
          followed.stop();
          stopListening();
        },
      });
      sendView();
    },
  });
}
