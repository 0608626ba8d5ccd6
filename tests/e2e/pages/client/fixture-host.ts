import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { WebSocketServer } from 'ws';
import { createFixture, type Fixture } from './fixture.ts';

const dist = join(import.meta.dirname, '../../../../fleet/client/dist');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

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
    const bytes = await readFile(join(dist, file)).catch((cause: unknown) => {
      throw new Error(`fixture: no ${file} in ${dist}; build the client first: npm run build`, { cause });
    });
    // As the fleet's sites.ts says both.
    const caching = file.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    response.setHeader('Cache-Control', caching);
    if (file !== '/worker.js') return void response.end(bytes);
    response.setHeader('Service-Worker-Allowed', '/m/');
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
