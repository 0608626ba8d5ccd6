import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { apiBase, apiRoutes } from '@anteroom/shared/api/contract.ts';
import type { Change } from '@anteroom/shared/api/overview.ts';
import type { Route } from '@anteroom/shared/api/route.ts';
import { ProblemError, toProblem } from '@anteroom/shared/errors/problem.ts';
import type { SessionEnd } from '@anteroom/shared/identity/session-end.ts';
import { checkIfMatch, etagOf } from '../../../../fleet/src/plugins/etag.ts';
import { readBuilt } from '../built-file.ts';
import type { FixtureState } from './fixture-data.ts';
import { directoryHandlers } from './fixture-directory.ts';
import { handlers as plainHandlers } from './fixture-handlers.ts';
import { operatorHandlers } from './fixture-operator.ts';
import { organizationHandlers } from './fixture-organization.ts';
import { peopleHandlers } from './fixture-people.ts';

const dist = join(import.meta.dirname, '../../../../fleet/console/dist');

const handlers = {
  ...plainHandlers,
  ...directoryHandlers,
  ...operatorHandlers,
  ...organizationHandlers,
  ...peopleHandlers,
};

type Row = { name: string; route: Route; pattern: RegExp };
const rows: Row[] = Object.entries(apiRoutes).flatMap(([noun, actions]) =>
  Object.entries(actions).map(([action, route]) => ({
    name: `${noun}.${action}`,
    route,
    pattern: new RegExp(`^${apiBase}${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
  })),
);

export type FixtureServer = AsyncDisposable & {
  url: string;
  state: FixtureState;
  /** Every API call so far, as `POST /api/v1/spaces`. */
  calls: string[];
  /** Tells the open pages of a change. */
  tell(topic: Change['topic']): void;
  /** Ends the session from elsewhere, and tells the open pages. */
  endSession(reason: SessionEnd): void;
  /** Answers nothing but failures of the network while true. */
  setDown(isDown: boolean): void;
};

/** Serves the built console and answers its API by the contract's own schemas, from a state in memory; port 0 is a free one. */
export async function startFixtureServer(state: FixtureState, { port = 0 } = {}): Promise<FixtureServer> {
  const calls: string[] = [];
  const streams = new Set<ServerResponse>();
  let isDown = false;
  let endReason: SessionEnd | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fixture');
    if (!url.pathname.startsWith('/api/')) return serveFile(url.pathname, response);
    if (isDown) {
      response.destroy();
      return;
    }
    calls.push(`${request.method} ${url.pathname}`);
    if (url.pathname === `${apiBase}/changes`) {
      if (!state.session) return sendProblem(new ProblemError(endReason ?? 'sign_in_required'), response);
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(': hello\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    const row = rows.find((each) => each.route.method === request.method && each.pattern.test(url.pathname));
    if (!row) return sendProblem(new ProblemError('route_not_found'), response);
    try {
      if (row.route.access !== 'public' && !state.session) throw new ProblemError(endReason ?? 'sign_in_required');
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const call = {
        params: { ...row.pattern.exec(url.pathname)?.groups },
        query: Object.fromEntries(url.searchParams),
        body: text ? JSON.parse(text) : undefined,
      };
      const [noun = ''] = row.name.split('.');
      const ifMatch = request.headers['if-match'];
      if (ifMatch !== undefined) checkIfMatch(ifMatch, etagOf(noun, await handlers[`${noun}.get`]?.(state, call)));
      const result = await handlers[row.name]?.(state, call);
      const { status, body } = row.route.success;
      // A fixture that breaks the contract fails here, not in the page under test.
      const answered = body?.parse(result);
      const tag = etagOf(noun, answered);
      response.writeHead(status, { 'Content-Type': 'application/json', ...(tag === null ? {} : { ETag: tag }) });
      response.end(body ? JSON.stringify(answered) : undefined);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      sendProblem(error, response);
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`fixture: ${request.method} ${request.url}: ${String(error)}\n`);
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('fixture: no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    state,
    calls,
    tell(topic) {
      const text = JSON.stringify({ topic, at: new Date().toISOString() });
      for (const stream of streams) stream.write(`event: change\ndata: ${text}\n\n`);
    },
    endSession(reason) {
      endReason = reason;
      state.session = null;
      for (const stream of streams) stream.end(`event: ended\ndata: ${JSON.stringify({ reason })}\n\n`);
    },
    setDown(down) {
      isDown = down;
      if (down) for (const stream of streams) stream.destroy();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serveFile(path: string, response: ServerResponse): Promise<void> {
  const file = extname(path) ? path : '/index.html';
  const { bytes, headers } = await readBuilt(dist, file);
  response.writeHead(200, headers).end(bytes);
}

function sendProblem(error: ProblemError, response: ServerResponse): void {
  const problem = toProblem(error.code, 'en', error.values, error.fields);
  response.writeHead(problem.status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify(problem));
}
