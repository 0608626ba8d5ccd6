import { createReadStream, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

/**
 * The panel's pages as Vite built them. The files are listed once: what is not in the list is not served, whatever path
 * is asked for. Files below /assets bear a hash in their name and never change; each screen's address is the one page.
 */
export function serveScreens(app: FastifyInstance, screensDir: string): void {
  const page = join(screensDir, 'index.html');
  const send = (reply: FastifyReply, file: string) => {
    const type = contentTypes[extname(file)] ?? 'application/octet-stream';
    const isFixed = file.startsWith(join(screensDir, 'assets/'));
    const caching = isFixed ? 'public, max-age=31536000, immutable' : 'no-cache';
    return reply.header('cache-control', caching).type(type).send(createReadStream(file));
  };
  for (const entry of readdirSync(screensDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    app.get(file.slice(screensDir.length), (_request, reply) => send(reply, file));
  }
  for (const address of ['/', '/display', '/display/*', '/panel', '/panel/*'])
    app.get(address, (_request, reply) => send(reply, page));
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
};
