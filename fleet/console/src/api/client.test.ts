import { spaceRoutes } from '@anteroom/shared/api/spaces.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { describe, expect, it } from 'vitest';
import { createApi } from './client.ts';
import { isSignedOut, isWorthRetrying, ProblemAnswer, Unreachable } from './failure.ts';

type Sent = { url: string; method: string; headers: Headers; body: unknown };

function apiAnswering(answer: () => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const serverTimes: Date[] = [];
  const api = createApi({
    fetch: async (url, init) => {
      sent.push({
        url: String(url),
        method: init?.method ?? 'GET',
        headers: new Headers(init?.headers),
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      });
      return await answer();
    },
    language: () => 'zh-CN',
    onServerTime: (at) => serverTimes.push(at),
  });
  return { api, sent, serverTimes };
}

const space = {
  id: newId('space'),
  name: 'Cedar',
  site: 'Shanghai',
  floor: '3',
  capacity: 8,
  timeZone: 'Asia/Shanghai',
  terminalId: null,
};
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

describe('a call', () => {
  it('fills path and query in, leaves out what is empty, and parses the answer', async () => {
    const { api, sent } = apiAnswering(() => json(200, { items: [space], nextCursor: null, total: 1 }));
    const page = await api.spaces.list({ query: { search: 'ce dar', cursor: undefined, limit: 20 } });
    expect(sent[0]?.url).toBe('/api/v1/spaces?search=ce+dar&limit=20');
    expect(page.items[0]).toEqual(space);
  });

  it('sends body, language and idempotency key', async () => {
    const { api, sent } = apiAnswering(() => json(201, space));
    const { id: _id, terminalId: _terminalId, ...body } = space;
    await api.spaces.create({ body, key: 'once' });
    expect(sent[0]).toMatchObject({ url: '/api/v1/spaces', method: 'POST', body });
    expect(sent[0]?.headers.get('Idempotency-Key')).toBe('once');
    expect(sent[0]?.headers.get('Accept-Language')).toBe('zh-CN');
  });

  it('keeps the version that it read, for the change that is made from it', async () => {
    const { api, sent } = apiAnswering(() => json(200, space, { ETag: '"v1"' }));
    const params = { spaceId: space.id };
    expect(api.tagOf(spaceRoutes.get, params)).toBeUndefined();
    await api.spaces.get({ params });
    await api.spaces.update({ params, body: { floor: '4' }, tag: api.tagOf(spaceRoutes.get, params) });
    expect(sent[1]?.headers.get('If-Match')).toBe('"v1"');
  });

  it('escapes parameters', async () => {
    const { api, sent } = apiAnswering(() => new Response(null, { status: 204 }));
    await api.spaces.remove({ params: { spaceId: 'space_a/../b' } });
    expect(sent[0]?.url).toBe('/api/v1/spaces/space_a%2F..%2Fb');
    expect(sent[0]?.method).toBe('DELETE');
  });

  it('tells the server’s time', async () => {
    const { api, serverTimes } = apiAnswering(() => json(200, space, { Date: 'Mon, 02 Mar 2026 10:00:00 GMT' }));
    await api.spaces.get({ params: { spaceId: space.id } });
    expect(serverTimes).toEqual([new Date('2026-03-02T10:00:00Z')]);
  });

  it('throws the problem in the server’s words', async () => {
    const problem = {
      type: 'urn:anteroom:problem:sign_in_required',
      title: 'sign in required',
      status: 401,
      code: 'sign_in_required',
      detail: '请先登录。',
      values: {},
      isRetryable: false,
    };
    const { api } = apiAnswering(() => json(401, problem));
    const error: unknown = await api.session.current({}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemAnswer);
    expect(error).toMatchObject({ message: '请先登录。' });
    expect(isSignedOut(error)).toBe(true);
    expect(isWorthRetrying(error)).toBe(false);
  });

  it.each([
    ['no connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['a proxy’s page', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
  ])('throws Unreachable for %s', async (_title, answer) => {
    const { api } = apiAnswering(answer);
    const error: unknown = await api.overview.get({}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unreachable);
    expect(isWorthRetrying(error)).toBe(true);
  });

  it('refuses an answer that breaks the contract', async () => {
    const { api } = apiAnswering(() => json(200, { ...space, capacity: 'many' }));
    await expect(api.spaces.get({ params: { spaceId: space.id } })).rejects.toThrow(/capacity/);
  });
});
