import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../testing/test-fleet.ts';
import { setProblemHandlers } from './problems.ts';
import { registerSites } from './sites.ts';

let dir: string;
let app: FastifyInstance;
const html = { accept: 'text/html,application/xhtml+xml' };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anteroom-sites-'));
  await mkdir(join(dir, 'console', 'assets'), { recursive: true });
  await writeFile(join(dir, 'console', 'index.html'), '<title>Console</title>');
  await writeFile(join(dir, 'console', 'assets', 'main-1a2b.js'), 'export {};');
  await mkdir(join(dir, 'client'));
  await writeFile(join(dir, 'client', 'worker.js'), 'export {};');
  await writeFile(join(dir, 'client', 'manifest.webmanifest'), '{}');
  await writeFile(join(dir, 'secret.txt'), 'secret');
  app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  setProblemHandlers(app);
  await registerSites(app, { consoleDir: join(dir, 'console'), clientDir: join(dir, 'client') });
});
afterAll(async () => {
  await app.close();
  await rm(dir, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = html) => app.inject({ method: 'GET', url, headers });

describe('the console', () => {
  it.each(['/', '/terminals', '/claim?code=AAAA', '/link/token'])('is at %s', async (url) => {
    const answer = await get(url);
    expect(answer.body).toContain('Console');
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  it('has files that are kept, because their names change with their content', async () => {
    expect((await get('/assets/main-1a2b.js')).headers['cache-control']).toContain('immutable');
  });

  it.each(['/assets/gone.js', '/api/v1/nowhere', '/client/gone.css', '/favicon.ico'])('is not at %s', async (url) => {
    expect(codeOf({ body: (await get(url)).json() })).toBe('route_not_found');
  });

  it('is not given to programs', async () => {
    expect((await get('/terminals', { accept: 'application/json' })).statusCode).toBe(404);
  });

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt'])(
    'does not lead out by %s',
    async (url) => {
      expect((await get(url)).body).not.toContain('secret\n');
      expect((await get(url)).body).not.toBe('secret');
    },
  );
});

describe('the soft client', () => {
  it('has a service worker that may answer for its pages, and is asked for anew', async () => {
    const { headers } = await get('/client/worker.js');
    expect(headers).toMatchObject({ 'service-worker-allowed': '/m/', 'cache-control': 'no-cache' });
    expect(headers['content-type']).toContain('javascript');
  });

  it('has a manifest', async () => {
    const { headers } = await get('/client/manifest.webmanifest');
    expect(headers).toMatchObject({ 'cache-control': 'no-cache' });
    expect(headers['content-type']).toContain('application/manifest+json');
    expect(headers).not.toHaveProperty('service-worker-allowed');
  });

  it('begins at /m/', async () => {
    expect(await get('/m')).toMatchObject({ statusCode: 308, headers: { location: '/m/' } });
  });
});

describe('a program that is not built', () => {
  it.each(['/m/', '/m/123456789', '/m/check'])('says at %s how to build it', async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('sh scripts/setup --build-only');
  });
});
