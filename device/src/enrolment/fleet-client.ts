import { request } from 'node:https';
import { type Problem, problem } from '@anteroom/shared/errors/problem.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { z } from 'zod';
import { openDoor } from './server-check.ts';

/**
 * HTTPS to the fleet's listener for terminals: JSON both ways, trusting the pinned CA and nobody else. It does not try
 * again: its callers know when that makes sense.
 */
export type FleetAnswer<T> =
  | { ok: true; body: T; serverTime: Date | null }
  | { ok: false; fault: FleetFault; serverTime: Date | null };

export type FleetFault =
  | { kind: 'unreachable'; detail: string }
  /** Something answered that the pinned CA does not vouch for. */
  | { kind: 'untrusted'; detail: string }
  | { kind: 'problem'; problem: Problem; retryAfterMs: number | null }
  | { kind: 'unintelligible'; detail: string };

export interface FleetClient {
  /** `host:port`, for sentences. */
  readonly address: string;
  call<T>(options: CallOptions<T>): Promise<FleetAnswer<T>>;
}

export type CallOptions<T> = {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  schema: z.ZodType<T>;
  signal: AbortSignal;
};

const answerWithinMs = 10_000;
const maxAnswerBytes = 256 * 1024;

export type FleetClientOptions = {
  url: URL;
  caPem: string;
  /** By which certificates are judged; null asks only whether they are the pinned CA's, whatever their time. */
  clock: Pick<Clock, 'now'> | null;
};

export function createFleetClient({ url, caPem, clock }: FleetClientOptions): FleetClient {
  return {
    address: url.host,
    async call({ method, path, body, schema, signal }) {
      let answer: RawAnswer;
      try {
        answer = await exchange({
          ...{ url: new URL(path, url), caPem, at: clock?.now() ?? null, method },
          ...{ payload: body === undefined ? null : JSON.stringify(body) },
          signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
        });
      } catch (cause) {
        signal.throwIfAborted();
        return { ok: false, fault: faultOf(cause), serverTime: null };
      }
      return parseAnswer(answer, schema);
    },
  };
}

type RawAnswer = { status: number; text: string; date: string | undefined; retryAfter: string | undefined };

type ExchangeOptions = {
  url: URL;
  caPem: string;
  at: Date | null;
  method: string;
  payload: string | null;
  signal: AbortSignal;
};

async function exchange({ url, caPem, at, method, payload, signal }: ExchangeOptions): Promise<RawAnswer> {
  // One connection for each call: they are minutes apart, and an idle socket is one more thing that can be stale.
  const socket = await openDoor(url, { caPem, at, identity: null, signal });
  return await new Promise((resolve, reject) => {
    const headers = {
      accept: 'application/json, application/problem+json',
      ...(payload === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
    };
    const outgoing = request(url, { method, headers, signal, createConnection: () => socket }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > maxAnswerBytes) outgoing.destroy(new Error(`an answer of more than ${maxAnswerBytes} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        const { date, 'retry-after': retryAfter } = response.headers;
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8'), date, retryAfter });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(payload ?? undefined);
  });
}

function parseAnswer<T>({ status, text, date, retryAfter }: RawAnswer, schema: z.ZodType<T>): FleetAnswer<T> {
  const serverTime = toDate(date);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, serverTime, fault: { kind: 'unintelligible', detail: `${status} without JSON` } };
  }
  if (status >= 400) {
    const parsed = problem.safeParse(json);
    if (!parsed.success)
      return { ok: false, serverTime, fault: { kind: 'unintelligible', detail: `${status} without problem details` } };
    const seconds = Number(retryAfter);
    const retryAfterMs = retryAfter !== undefined && Number.isFinite(seconds) ? seconds * 1000 : null;
    return { ok: false, serverTime, fault: { kind: 'problem', problem: parsed.data, retryAfterMs } };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, body: parsed.data, serverTime };
  const issue = parsed.error.issues[0];
  const detail = `${status} with ${issue?.code ?? 'something invalid'} at ${issue?.path.join('.') ?? ''}`;
  return { ok: false, serverTime, fault: { kind: 'unintelligible', detail } };
}

function toDate(header: string | undefined): Date | null {
  const timeMs = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(timeMs) ? null : new Date(timeMs);
}

/** Node's codes for certificates that do not lead to the pinned CA, or name another host. */
const untrustedCodes = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

function faultOf(cause: unknown): FleetFault {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  if (name === 'TimeoutError' || name === 'AbortError')
    return { kind: 'unreachable', detail: `no answer in ${answerWithinMs / 1000} s` };
  if (code && untrustedCodes.test(code)) return { kind: 'untrusted', detail: code };
  return { kind: 'unreachable', detail: code ?? message };
}
