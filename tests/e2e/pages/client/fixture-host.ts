import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { readBuilt } from '../built-file.ts';
import { createFixture, type Fixture } from './fixture.ts';

const dist = join(import.meta.dirname, '../../../../fleet/client/dist');

/** The built client at one address, and behind it the fixture that was begun last. */
export type FixtureHost = AsyncDisposable & {
  origin: string;
  /** A meeting that begins in so many minutes; the one before it answers nobody any more. */
  begin(startMinutes?: number): Fixture;
};

export async function startFixtureHost(): Promise<FixtureHost> {
  let current: ReturnType<typeof createFixture> | null = null;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const sockets = new WebSocketServer({ server, path: '/api/v1/signal' });
  sockets.on('connection', (opened) => current?.backend.connect(opened));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server has an address of this kind.
  const origin = `http://127.0.0.1:${port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', origin).pathname;
    if (path.startsWith('/api/')) return await current?.backend.answer(request, response);
    const file = path.startsWith('/client/') ? path.slice('/client'.length) : '/index.html';
    const { bytes, headers } = await readBuilt(dist, file);
    if (file !== '/worker.js') return void response.writeHead(200, headers).end(bytes);
    // As the fleet's sites.ts says it.
    response.writeHead(200, { ...headers, 'Service-Worker-Allowed': '/m/' });
    response.end(`${bytes}// ${current?.fixture.clientVersion}`);
  }

  return {
    origin,
    begin(startMinutes = -12) {
      for (const client of sockets.clients) client.terminate();
      current = createFixture(origin, startMinutes);
      return current.fixture;
    },
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
