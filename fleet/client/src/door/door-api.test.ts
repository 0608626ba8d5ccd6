import { toProblem } from '@anteroom/shared/errors/problem.ts';
import { expect, it } from 'vitest';
import { createDoorApi } from './door-api.ts';

const door = {
  number: '418205736',
  subject: 'Design review',
  organizerName: 'Lin Yuehan',
  startAt: '2026-03-02T10:00:00.000Z',
  endAt: '2026-03-02T11:00:00.000Z',
  timeZone: 'Asia/Shanghai',
  state: 'scheduled',
  needsPassword: false,
  waitsForHost: false,
  visitor: null,
  isTrial: false,
  roomName: 'Cedar, Shanghai',
};

function doorAnswering(answer: () => Response | Promise<Response>) {
  const sent: { url: string; init: RequestInit | undefined }[] = [];
  const api = createDoorApi({
    fetch: async (url, init) => {
      sent.push({ url: String(url), init });
      return await answer();
    },
    language: () => 'zh-CN',
  });
  return { api, sent };
}

const signal = new AbortController().signal;

it('looks at the door of a number, in the reader’s language', async () => {
  const { api, sent } = doorAnswering(() => Response.json(door));
  expect(await api.look('418205736', { signal })).toEqual({ ok: true, value: door });
  expect(sent[0]?.url).toBe('/api/v1/join/418205736');
  expect(new Headers(sent[0]?.init?.headers).get('Accept-Language')).toBe('zh-CN');
});

it('hands a refusal over in the server’s words', async () => {
  const problem = toProblem('guest_password_wrong', 'zh-CN');
  const { api } = doorAnswering(() => Response.json(problem, { status: 403 }));
  expect(await api.enter('418205736', { name: 'Chen Rui', password: 'x' })).toEqual({ ok: false, problem });
});

it.each([
  ['no network', () => Promise.reject(new TypeError('fetch failed'))],
  ['a proxy’s page', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
])('says that nobody answered for %s', async (_title, answer) => {
  const { api } = doorAnswering(answer);
  expect(await api.look('418205736', { signal })).toEqual({ ok: false, problem: null });
});
