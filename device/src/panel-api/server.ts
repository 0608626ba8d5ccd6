import { existsSync } from 'node:fs';
import { touchRefusals } from '@anteroom/shared/panel/actions.ts';
import { panelTouch } from '@anteroom/shared/panel/state.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { RoomPanel } from '../room/room.ts';
import { serveBoard } from './board-stream.ts';
import { serveDevices } from './devices.ts';
import { whyRefused } from './guard.ts';
import type { PanelService } from './panel-service.ts';
import { readPicture } from './pictures.ts';
import { sendInvalid, sendProblem } from './problems.ts';
import { serveScreens } from './screens.ts';
import { serveSearch } from './search.ts';
import { securityHeaders } from './security-headers.ts';
import { streamState } from './state-stream.ts';

/**
 * The web server of the terminal's own screens, on this machine only: state out, touches in, pictures, and the pages
 * themselves. It needs no network and knows no fleet.
 */
export type PanelServerDeps = {
  panel: PanelService;
  /** Null for a terminal that has no installation. */
  room: RoomPanel | null;
  /** Folder of the built pages. */
  screensDir: string;
  /** The name or address that the server listens on. */
  host: string;
  clock: Clock;
  log: Logger;
};

const mostBodyBytes = 4 * 1024;

function refuseSchema(): never {
  throw new Error('routes of the panel are checked by zod, not by schemas of fastify');
}

export function createPanelServer({ panel, room, screensDir, host, clock, log }: PanelServerDeps): FastifyInstance {
  const app = fastify({
    ...{ logger: false, bodyLimit: mostBodyBytes, forceCloseConnections: true },
    // Requests are parsed by zod: without these, fastify loads two compilers of schemas that nobody gives it.
    schemaController: {
      compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema },
    },
  });
  const language = () => panel.state().language;

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    const refused = whyRefused({ host: request.headers.host, origin: request.headers.origin }, host);
    if (!refused) return;
    log.warn({ refused }, 'request from elsewhere refused');
    await sendProblem(reply, 'origin_forbidden', { language: language() });
  });

  app.get('/api/state', (_request, reply) => {
    reply.hijack();
    streamState(reply.raw, { panel, clock, headers: securityHeaders });
  });

  serveSearch(app, { panel, language });
  if (room) serveDevices(app, { room, clock, language, headers: securityHeaders });
  serveBoard(app, { panel, clock, language, headers: securityHeaders });

  app.post('/api/touches', async (request, reply) => {
    const parsed = panelTouch.safeParse(request.body);
    if (!parsed.success) return sendInvalid(reply, parsed.error, language());
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const refusal = await panel.touch(parsed.data, { signal: gone.signal });
    if (refusal === null) return reply.code(202).send();
    const reason = touchRefusals[refusal][language()].replace(/[.。]$/, '');
    return sendProblem(reply, 'action_not_now', { language: language(), values: { reason, refusal } });
  });

  for (const which of ['display', 'content', 'self'] as const) {
    app.get(`/api/${which}.jpg`, async (_request, reply) => {
      const picture = await readPicture(panel.pictureFile(which));
      if (!picture) return sendProblem(reply, 'not_found', { language: language() });
      return reply.header('cache-control', 'no-store').type('image/jpeg').send(picture);
    });
  }

  app.get('/api/qr.svg', async (_request, reply) => {
    const { binding } = panel.state();
    if (binding.state !== 'pairing') return sendProblem(reply, 'not_found', { language: language() });
    // Loaded when an unpaired terminal shows a code, which most never do.
    const { toString: drawQrCode } = await import('qrcode');
    const svg = await drawQrCode(binding.claimUrl, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
    return reply.header('cache-control', 'no-store').type('image/svg+xml').send(svg);
  });

  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
      return sendProblem(reply, 'body_too_large', { language: language() });
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
      return sendProblem(reply, 'media_type_unsupported', { language: language() });
    if ((error.statusCode ?? 500) < 500) return sendProblem(reply, 'body_malformed', { language: language() });
    const reference = Date.now().toString(36);
    log.error({ err: error, reference }, 'panel request failed');
    return sendProblem(reply, 'internal', { language: language(), values: { reference } });
  });

  if (existsSync(screensDir)) serveScreens(app, screensDir);
  else log.error({ screensDir }, 'the panel’s pages are not built: npm run build');
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'route_not_found', { language: language() }));
  return app;
}
