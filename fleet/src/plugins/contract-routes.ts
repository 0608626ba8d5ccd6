import { mayCall } from '@anteroom/shared/api/access.ts';
import { apiBase, type apiRoutes } from '@anteroom/shared/api/contract.ts';
import type { FileAnswer, Route, RouteAnswer, RouteParams, RouteQuery } from '@anteroom/shared/api/route.ts';
import { ProblemError, problem } from '@anteroom/shared/errors/problem.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor, SessionsService } from '../modules/sessions/service.ts';
import { checkIfMatch, etagOf } from './etag.ts';
import type { Idempotency } from './idempotency.ts';
import { checkOrigin } from './origin.ts';
import { readSessionCookie } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null on public routes and for strangers. */
    actor: Actor | null;
  }
}

/** One call of a route: checked against its row before the handler sees it. */
export type Call<R extends Route> = {
  actor: R['access'] extends 'public' ? Actor | null : Actor;
  params: RouteParams<R>;
  query: RouteQuery<R>;
  body: R['body'] extends z.ZodType ? z.output<R['body']> : undefined;
  /** Address of the caller, for throttling. */
  address: string;
  request: FastifyRequest;
  reply: FastifyReply;
};
export type Handler<R extends Route> = (call: Call<R>) => Promise<RouteAnswer<R>>;
/** One handler for every row of a noun: a row without one does not compile. */
export type Handlers<Rows extends Record<string, Route>> = { [K in keyof Rows]: Handler<Rows[K]> };
export type ContractHandlers = { [Noun in keyof typeof apiRoutes]: Handlers<(typeof apiRoutes)[Noun]> };

export type ContractDeps = {
  sessions: SessionsService;
  idempotency: Idempotency;
  publicUrl: () => string;
  /** Called after every call that may have changed something. */
  afterWrite: () => void;
};

const successTexts = { 200: 'Done', 201: 'Created', 202: 'Accepted', 204: 'Done, nothing to say' } as const;

/** Registers every row of the contract with its handler, access rule, schemas and documentation. */
export function registerContract(
  app: FastifyInstance,
  routes: Record<string, Record<string, Route>>,
  handlers: Record<string, Record<string, unknown>>,
  deps: ContractDeps,
): void {
  for (const [noun, rows] of Object.entries(routes))
    for (const [name, row] of Object.entries(rows)) {
      // `ContractHandlers` ties each handler to its row; a loop over both cannot express that again.
      const handler = handlers[noun]?.[name] as Handler<Route>;
      const reader = handlers[noun]?.get as Handler<Route> | undefined;
      registerRoute(app, { noun, name, row, reader }, handler, deps);
    }
}

function registerRoute(
  app: FastifyInstance,
  { noun, name, row, reader }: { noun: string; name: string; row: Route; reader: Handler<Route> | undefined },
  handler: Handler<Route>,
  deps: ContractDeps,
): void {
  const { status, body: successBody, file } = row.success;
  const isCreate = status === 201 || status === 202;
  app.route({
    method: row.method,
    url: `${apiBase}${row.path}`,
    ...(row.bodyLimitBytes === undefined ? {} : { bodyLimit: row.bodyLimitBytes }),
    schema: {
      operationId: `${noun}.${name}`,
      summary: row.summary,
      tags: [noun],
      security: row.access === 'public' ? [] : [{ session: [] }],
      ...(row.params ? { params: row.params } : {}),
      ...(row.query ? { querystring: row.query } : {}),
      ...(row.body ? { body: row.body } : {}),
      response: {
        [status]: file
          ? { description: successTexts[status], content: Object.fromEntries(file.map((type) => [type, fileSchema])) }
          : (successBody ?? z.undefined()).describe(successTexts[status]),
        default: {
          description: 'Problem details (RFC 9457)',
          content: { 'application/problem+json': { schema: problem } },
        },
      },
    },
    // Before the body is read: a stranger's body is not worth parsing.
    onRequest: (request) => authorize(request, row, deps),
    async handler(request, reply) {
      const { actor } = request;
      // Fastify has parsed these with the schemas of this very row.
      const call = {
        actor,
        params: request.params,
        query: request.query,
        body: request.body,
        address: request.ip,
        request,
        reply,
      } as Call<Route>;
      const ifMatch = request.headers['if-match'];
      // Also an act on one thing, such as giving a role, may be meant for what the caller has read. What an organization
      // has one of, such as itself, needs no parameters.
      const isOfOne = row.method === 'PATCH' || (row.method !== 'GET' && row.params !== undefined);
      if (isOfOne && ifMatch !== undefined && reader) checkIfMatch(ifMatch, etagOf(noun, await reader(call)));
      const key = request.headers['idempotency-key'];
      const answer =
        isCreate && actor && typeof key === 'string'
          ? await deps.idempotency.once(
              { actor, key, route: `${row.method} ${request.url}`, body: request.body },
              status,
              () => handler(call),
            )
          : await handler(call);
      if (row.method !== 'GET') deps.afterWrite();
      const etag = etagOf(noun, answer);
      if (etag !== null) reply.header('etag', etag);
      // A handler of a row that gives a file answers one.
      if (file) return sendFile(reply, answer as FileAnswer);
      return reply.code(status).send(answer);
    },
  });
}

const fileSchema = { schema: z.string() };

/** Always as a download, so that no browser runs what people wrote into it. */
function sendFile(reply: FastifyReply, { contentType, filename, content }: FileAnswer): FastifyReply {
  return reply
    .type(contentType)
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('cache-control', 'private, no-store')
    .send(typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content));
}

/** Who calls, and whether they may. */
export async function authorize(
  request: FastifyRequest,
  row: Pick<Route, 'access' | 'method'>,
  deps: Pick<ContractDeps, 'sessions' | 'publicUrl'>,
): Promise<void> {
  if (row.method !== 'GET') checkOrigin(request.headers, deps.publicUrl());
  const token = readSessionCookie(request);
  request.actor = token === undefined ? null : ((await deps.sessions.find(token)) ?? null);
  if (row.access === 'public') return;
  if (!request.actor) throw new ProblemError((token && (await deps.sessions.findEnd(token))) || 'sign_in_required');
  if (!mayCall(row.access, request.actor)) throw new ProblemError('forbidden');
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields of a partial body that were sent: none of them is undefined. */
export function given<T extends object>(body: T): Given<T> {
  // JSON has no undefined, and filtering proves it for bodies that were made otherwise.
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Given<T>;
}
