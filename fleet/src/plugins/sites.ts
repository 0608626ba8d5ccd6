import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Folders of the built browser programs. */
export type Sites = { consoleDir: string; clientDir: string };

/**
 * The two browser programs. The console is at `/` and routes by itself: any page address that is no file is its
 * index.html. The soft client is at `/m/` and everything below it, with its files below `/client/`.
 */
export async function registerSites(app: FastifyInstance, { consoleDir, clientDir }: Sites): Promise<void> {
  await app.register(fastifyStatic, {
    root: clientDir,
    prefix: '/client/',
    decorateReply: true,
    index: false,
    preCompressed: true,
    setHeaders: setClientHeaders,
  });
  await app.register(fastifyStatic, {
    root: consoleDir,
    prefix: '/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    setHeaders: setCacheHeaders,
  });
  app.get('/', { schema: { hide: true } }, (_request, reply) => sendPage(reply, consoleDir, 'console'));
  app.get('/m', { schema: { hide: true } }, (_request, reply) => reply.redirect('/m/', 308));
  for (const path of ['/m/', '/m/:place']) {
    app.get(path, { schema: { hide: true } }, (_request, reply) => sendPage(reply, clientDir, 'soft client'));
  }

  app.setNotFoundHandler((request, reply) => {
    if (isPage(request)) return sendPage(reply, consoleDir, 'console');
    throw new ProblemError('route_not_found');
  });
}

function isPage(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? '';
  const isFile = /\.[a-z0-9]+$/i.test(path) || path.startsWith('/api/') || path.startsWith('/client/');
  return request.method === 'GET' && !isFile && (request.headers.accept ?? '').includes('text/html');
}

async function sendPage(reply: FastifyReply, dir: string, name: string): Promise<FastifyReply> {
  try {
    await access(join(dir, 'index.html'));
  } catch {
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send(`The ${name} is not built. Run in the project's folder: sh scripts/setup --build-only\n`);
  }
  return reply.header('cache-control', 'no-cache').sendFile('index.html', dir, { cacheControl: false });
}

/** Vite names files in assets/ by their content, so those never change; everything else is asked for anew. */
function setCacheHeaders(reply: FastifyReply, path: string): void {
  reply.header('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** The client's service worker lies among its files, and answers for its pages (Service Workers, 6.5). */
function setClientHeaders(reply: FastifyReply, path: string): void {
  setCacheHeaders(reply, path);
  if (/[\\/]worker\.js$/.test(path)) reply.header('service-worker-allowed', '/m/');
}
