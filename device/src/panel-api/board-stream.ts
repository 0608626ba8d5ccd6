import type { OutgoingHttpHeaders } from 'node:http';
import { boardSync } from '@anteroom/shared/signalling/messages.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { maxBoardBytes } from '@anteroom/shared/whiteboard/limits.ts';
import type { FastifyInstance } from 'fastify';
import { openEventStream } from './event-stream.ts';
import type { PanelService } from './panel-service.ts';
import { sendProblem } from './problems.ts';

/** A whole board in base64, and what is drawn while it is read. */
const mostWaitingBytes = 2 * maxBoardBytes;
const mostRequestBytes = 96 * 1024;
const mostPictureBytes = 4 * 1024 * 1024;

/**
 * The whiteboard of the meeting, to screens that draw it. The agent passes it on and knows nothing of it; a screen asks for
 * what it lacks and puts nothing on the board. What it looks like, a screen gives back as a picture for the displays that
 * GStreamer draws.
 */
export function serveBoard(
  app: FastifyInstance,
  deps: {
    panel: Pick<PanelService, 'board' | 'showBoard'>;
    clock: Clock;
    language: () => Language;
    headers: OutgoingHttpHeaders;
  },
): void {
  const { panel, clock, headers } = deps;
  const { board } = panel;

  app.get('/api/board', (_request, reply) => {
    reply.hijack();
    const stream = openEventStream(reply.raw, { clock, headers, mostWaitingBytes });
    stream.onGone(board.listen((event) => stream.write(`event: board\ndata: ${JSON.stringify(event)}\n\n`)));
  });

  app.post('/api/board', { bodyLimit: mostRequestBytes }, async (request, reply) => {
    const parsed = boardSync.safeParse(request.body);
    if (!parsed.success)
      return sendProblem(reply, 'request_invalid', { language: deps.language(), values: { detail: 'stateVector' } });
    board.send(parsed.data);
    return reply.code(202).send();
  });

  app.addContentTypeParser('image/jpeg', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.put('/api/board.jpg', { bodyLimit: mostPictureBytes }, async (request, reply) => {
    const picture = request.body;
    if (!Buffer.isBuffer(picture) || !isWholeJpeg(picture))
      return sendProblem(reply, 'request_invalid', { language: deps.language(), values: { detail: 'image/jpeg' } });
    panel.showBoard(picture);
    return reply.code(202).send();
  });
}

/** From its first marker to its last (ITU-T T.81, B.1.1.3): one that was cut off on its way is not passed on. */
function isWholeJpeg(picture: Buffer): boolean {
  return (
    picture.length > 4 && picture.readUInt16BE(0) === 0xffd8 && picture.readUInt16BE(picture.length - 2) === 0xffd9
  );
}
