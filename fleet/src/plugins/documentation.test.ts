import { apiBase, apiRoutes } from '@anteroom/shared/api/contract.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestFleet, type TestFleet } from '../testing/test-fleet.ts';

let test: TestFleet;
beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());

const openApi = z.object({
  openapi: z.string().startsWith('3.1'),
  paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string().optional() }))),
});

it('describes every row of the contract', async () => {
  const { paths } = openApi.parse((await test.call(null, 'GET', '/api/openapi.json')).body);
  for (const [noun, rows] of Object.entries(apiRoutes))
    for (const [name, row] of Object.entries(rows)) {
      const path = `${apiBase}${row.path}`.replace(/:(\w+)/g, '{$1}');
      expect(paths[path]?.[row.method.toLowerCase()]?.operationId).toBe(`${noun}.${name}`);
    }
});

it('can be read in a browser', async () => {
  const page = await test.call(null, 'GET', '/api/docs/');
  expect(page.status).toBe(200);
  expect(page.body).toContain('swagger-ui');
});

it('comes with health, readiness and metrics', async () => {
  if (!test.fleet.app) throw new Error('this fleet has no browsers’ listener');
  for (const [url, text] of [
    ['/healthz', 'alive'],
    ['/readyz', 'ready'],
    ['/metrics', 'anteroom_http_requests_total'],
  ] as const)
    expect((await test.fleet.app.inject({ url })).body).toContain(text);
});
