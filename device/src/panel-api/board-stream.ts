import type { OutgoingHttpHeaders } from 'node:http';
import { boardSync } from '@anteroom/shared/signalling/messages.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { BoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { maxBoardBytes } from '@anteroom/shared/whiteboard/limits.ts';
import type { FastifyInstance } from 'fastify';
import { openEventStream } from './event-stream.ts';
import { sendProblem } from './problems.ts';

/** A whole board in base64, and what is drawn while it is read. */
const mostWaitingBytes = 2 * maxBoardBytes;
const mostRequestBytes = 96 * 1024;

/**
 * The whiteboard of the meeting, to screens that draw it. The agent passes it on and knows nothing of it; a screen asks for
 * what it lacks and puts nothing on the board.
 */
export function serveBoard(
  app: FastifyInstance,
  deps: { board: BoardChannel; clock: Clock; language: () => Language; headers: OutgoingHttpHeaders },
): void {
  const { board, clock, headers } = deps;

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
}
