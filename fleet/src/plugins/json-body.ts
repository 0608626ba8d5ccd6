import type { FastifyInstance } from 'fastify';

/**
 * JSON is the only media type that is read. An empty body is no body: clients name the type also when they send nothing,
 * and whether something is wanted is said by the route's schema. Keys that would reach an object's prototype are refused.
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    // It answers through `done`; what it returns is nothing.
    else void parseJson(request, String(body), done);
  });
}
