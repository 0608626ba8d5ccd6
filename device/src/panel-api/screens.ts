import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The panel's pages as Vite built them: files below /assets never change, and each screen's address is the one page. */
export function serveScreens(app: FastifyInstance, screensDir: string): void {
  void app.register(staticFiles, {
    root: screensDir,
    prefix: '/',
    cacheControl: false,
    setHeaders(reply, path) {
      const isFixed = path.startsWith(`${screensDir}/assets/`);
      reply.header('cache-control', isFixed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const address of ['/display', '/display/*', '/panel', '/panel/*'])
    app.get(address, (_request, reply) => reply.sendFile('index.html'));
}
