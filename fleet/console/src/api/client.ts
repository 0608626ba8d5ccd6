import { apiBase, apiRoutes } from '@anteroom/shared/api/contract.ts';
import type { Route, RouteAnswer, RouteBody, RouteParams } from '@anteroom/shared/api/route.ts';
import { problem } from '@anteroom/shared/errors/problem.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { z } from 'zod';
import { ProblemAnswer, Unreachable } from './failure.ts';
import { parseJson } from './json.ts';

type RouteQueryInput<R extends Route> = R['query'] extends z.ZodType ? z.input<R['query']> : undefined;

/** What a call needs: only the parts that its row names. */
export type CallInput<R extends Route> = { signal?: AbortSignal } & (RouteParams<R> extends undefined
  ? unknown
  : { params: RouteParams<R> }) &
  (RouteQueryInput<R> extends undefined ? unknown : { query: RouteQueryInput<R> }) &
  (RouteBody<R> extends undefined
    ? unknown
    : {
        body: RouteBody<R>;
        /** Idempotency-Key: the same key never creates twice. */
        key?: string;
        /** If-Match: the version that the change was made from, of `tagOf`. */
        tag?: string | undefined;
      });

export type ApiCall<R extends Route> = (input: CallInput<R>) => Promise<RouteAnswer<R>>;

type Routes = typeof apiRoutes;
export type Api = {
  [N in keyof Routes]: { [A in keyof Routes[N]]: Routes[N][A] extends Route ? ApiCall<Routes[N][A]> : never };
};

export type ApiTags = {
  /** Version (ETag) of what this address answered last; a form keeps the one that it was filled from. */
  tagOf(row: Route, params: Record<string, string>): string | undefined;
};

export type ApiDeps = {
  fetch: typeof fetch;
  /** Language of the problem texts that the server writes. */
  language(): Language;
  /** Called with the server's `Date` header of every answer, so that ages are counted on the server's clock. */
  onServerTime(at: Date): void;
};

type AnyInput = {
  signal?: AbortSignal;
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  key?: string;
  tag?: string | undefined;
};

/** Path of a row with its parameters and query filled in, below the API's base. */
export function addressOf(row: Route, input: Pick<AnyInput, 'params' | 'query'>): string {
  const path = row.path.replace(/:(\w+)/g, (_mark, name: string) => encodeURIComponent(input.params?.[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const tail = query.toString();
  return `${apiBase}${path}${tail ? `?${tail}` : ''}`;
}

/**
 * The REST contract as functions: `api.spaces.create({ body })`. Answers are parsed by the row's schema; a refusal
 * throws `ProblemAnswer` with the server's words, and no answer at all throws `Unreachable`.
 */
export function createApi(deps: ApiDeps): Api & ApiTags {
  const tags = new Map<string, string>();

  async function call(row: Route, input: AnyInput): Promise<unknown> {
    const headers = new Headers({ Accept: 'application/json', 'Accept-Language': deps.language() });
    if (input.body !== undefined) headers.set('Content-Type', 'application/json');
    if (input.key) headers.set('Idempotency-Key', input.key);
    if (input.tag) headers.set('If-Match', input.tag);
    const address = addressOf(row, input);
    let response: Response;
    try {
      response = await deps.fetch(address, {
        method: row.method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
        ...(input.signal ? { signal: input.signal } : {}),
      });
    } catch (cause) {
      if (input.signal?.aborted) throw cause;
      throw new Unreachable({ cause });
    }
    const date = response.headers.get('Date');
    if (date) deps.onServerTime(new Date(date));
    if (!response.ok) throw await failureOf(response);
    const tag = response.headers.get('ETag');
    if (tag) tags.set(address, tag);
    if (!row.success.body) return undefined;
    return row.success.body.parse(await response.json());
  }

  const nouns = Object.entries(apiRoutes).map(([noun, rows]) => {
    const calls = Object.entries(rows).map(([action, row]) => [action, (input: AnyInput) => call(row, input)]);
    return [noun, Object.fromEntries(calls)];
  });
  // Built row by row from `apiRoutes`, so it has exactly the shape that `Api` derives from it.
  const api = Object.fromEntries(nouns) as Api;
  return { ...api, tagOf: (row, params) => tags.get(addressOf(row, { params })) };
}

/** What a refusal says. */
export async function failureOf(response: Response): Promise<Error> {
  const text = await response.text();
  const parsed = problem.safeParse(parseJson(text));
  if (parsed.success) return new ProblemAnswer(parsed.data);
  // A proxy in between answers with pages of its own.
  return new Unreachable({ status: response.status });
}
