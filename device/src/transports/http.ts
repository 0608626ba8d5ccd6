import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { OpenConnection } from '../ports/connection.ts';
import { type HttpRequest, httpRequest, packMessage, unpackMessage } from '../ports/http-line.ts';
import { openTcp } from './tcp.ts';

/** Longer than any answer that a device is asked for. */
const longestBody = 1_000_000;
const answeredWithinMs = 30_000;

/**
 * Requests and responses as `ports/http-line.ts` has them, each over a connection of its own: many devices close theirs
 * after each answer. It is open once somebody listens there, and ends with the first request that does not get through.
 */
export function openHttp({ host, port }: { host: string; port: number }): OpenConnection {
  return async ({ onBytes, onEnd }, { signal }) => {
    await someoneListens({ host, port }, signal);
    const ended = new AbortController();
    const life = AbortSignal.any([signal, ended.signal]);
    life.addEventListener('abort', () => onEnd(String(life.reason instanceof Error ? life.reason.message : 'closed')));

    return {
      async send(bytes) {
        const asked = unpackMessage(httpRequest, bytes);
        if (!asked) throw new Error('what was to be sent is no HTTP request');
        post({ host, port, signal: life }, asked).then(onBytes, (error: unknown) => ended.abort(error));
      },
    };
  };
}

/** A connection made, and closed at once. */
async function someoneListens(where: { host: string; port: number }, signal: AbortSignal): Promise<void> {
  const seen = new AbortController();
  const events = { onBytes: () => undefined, onEnd: () => undefined };
  await openTcp(where)(events, { signal: AbortSignal.any([signal, seen.signal]) });
  seen.abort();
}

function post(
  where: { host: string; port: number; signal: AbortSignal },
  { number, path, headers, body }: HttpRequest,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ ...where, path, method: 'POST', agent: false, timeout: answeredWithinMs },
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    sent.once('timeout', () => sent.destroy(new Error(`no answer in ${answeredWithinMs} ms`)));
    sent.once('error', reject);
    sent.once('response', (response) => {
      bodyOf(response).then((text) => {
        const { statusCode: status = 0 } = response;
        resolve(packMessage({ number, status, headers: plainHeaders(response.headers), body: text }));
      }, reject);
    });
    sent.end(body);
  });
}

export async function bodyOf(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of message as AsyncIterable<Buffer>) {
    // No encoding is set, so pieces are buffers.
    length += piece.length;
    if (length > longestBody) throw new Error(`a message of more than ${longestBody} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

export const plainHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]));
