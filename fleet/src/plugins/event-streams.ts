import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, SessionsService } from '../modules/sessions/service.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Answers as server-sent events (HTML §9.2) for whoever is signed in: kept alive, and ended with their session. */
export interface EventStreams {
  open(request: FastifyRequest, reply: FastifyReply, options: EventStreamOptions): EventStream;
}

export type EventStreamOptions = {
  keepAliveEveryMs: number;
  /** Why it ends although the session is open; null while it goes on. Asked with each keep-alive. */
  findEnd: (actor: Actor) => Promise<string | null>;
  /** A reader who was slow has read what was sent. */
  onDrain: () => void;
  onEnd: () => void;
};

export interface EventStream {
  send(name: string, value: unknown): void;
  /** The reader is slow: what is sent now is kept in memory until they have read. */
  isFull(): boolean;
  /** Whether session and right still hold; whoever lost one is told why, and learns nothing more. */
  check(): void;
}

export function createEventStreams(app: FastifyInstance, sessions: SessionsService): EventStreams {
  const open = new Set<() => void>();

  async function findEnd(token: string, options: EventStreamOptions): Promise<string | null> {
    const actor = await sessions.find(token);
    if (actor) return await options.findEnd(actor);
    return (await sessions.findEnd(token)) ?? 'sign_in_required';
  }

  app.addHook('preClose', (done) => {
    for (const end of [...open]) end();
    done();
  });

  return {
    open(request, reply, options) {
      const token = readSessionCookie(request);
      if (token === undefined) throw new ProblemError('sign_in_required');
      const answer = reply.raw;
      reply.hijack();
      answer.writeHead(200, {
        ...headersOf(reply.getHeaders()),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // Proxies that collect answers would hold events back.
        'x-accel-buffering': 'no',
      });
      answer.write('retry: 1000\n\n');

      function send(name: string, value: unknown): void {
        if (!answer.writableEnded) answer.write(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
      }
      function check(): void {
        findEnd(token ?? '', options).then(
          (reason) => {
            if (reason === null) return;
            send('ended', { reason });
            end();
          },
          (error: unknown) => request.log.warn({ err: error }, 'right to an event stream could not be read'),
        );
      }
      const keepAlive = setInterval(() => {
        if (!answer.writableNeedDrain) answer.write(':\n\n');
        check();
      }, options.keepAliveEveryMs);
      function end(): void {
        if (!open.delete(end)) return;
        clearInterval(keepAlive);
        options.onEnd();
        answer.end();
      }
      open.add(end);
      answer.on('drain', options.onDrain);
      answer.on('close', end);
      // They may have gone before this began.
      if (answer.destroyed) end();
      return { send, isFull: () => answer.writableNeedDrain, check };
    },
  };
}

function headersOf(headers: ReturnType<FastifyReply['getHeaders']>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
