import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';

/** The program itself, without the media server: what it says, that it keeps what it was given, and that it stops. */
const readyLine = z.object({
  event: z.literal('ready'),
  httpUrl: z.url(),
  consoleUrl: z.url(),
  terminalUrl: z.url(),
  mqttUrl: z.url(),
  caFile: z.string(),
  demo: z.object({ login: z.string(), password: z.string() }),
  ports: z.object({ http: z.int(), terminal: z.int(), mqtt: z.int() }),
  pid: z.int(),
  readyMs: z.number(),
});
type Ready = z.infer<typeof readyLine>;

let dataDir: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'anteroom-server-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

function run(args: readonly string[]): ChildProcess {
  const script = join(import.meta.dirname, 'server.ts');
  const child = spawn(process.execPath, [script, '--data', dataDir, '--log-level', 'warn', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function start(ports: {
  http: number;
  terminal: number;
  mqtt: number;
}): Promise<{ child: ChildProcess; ready: Ready }> {
  const listening = ['--http-port', ports.http, '--terminal-port', ports.terminal, '--mqtt-port', ports.mqtt].map(
    String,
  );
  const child = run([...listening, '--roles', 'api,link', '--seed-demo']);
  if (!child.stdout) throw new Error('the child has no standard output');
  for await (const line of createInterface({ input: child.stdout }))
    return { child, ready: readyLine.parse(JSON.parse(line)) };
  throw new Error('the fleet ended before it was ready');
}

async function stop(child: ChildProcess): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  return child.exitCode;
}

const signIn = (ready: Ready, demo = ready.demo) =>
  fetch(`${ready.httpUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: demo.login, password: demo.password }),
  });

describe('the fleet as a program', () => {
  it('says where it is, keeps its data over a restart, and stops at once', { timeout: 60_000 }, async () => {
    const first = await start({ http: 0, terminal: 0, mqtt: 0 });
    const token = first.ready.consoleUrl.split('/link/')[1];
    const byLink = await fetch(`${first.ready.httpUrl}/api/v1/session/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(byLink.status).toBe(200);
    const cookie = byLink.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const list = async (ready: Ready, noun: string) =>
      z
        .object({ total: z.int() })
        .parse(await (await fetch(`${ready.httpUrl}/api/v1/${noun}`, { headers: { cookie } })).json());
    expect([await list(first.ready, 'spaces'), await list(first.ready, 'rooms')]).toEqual([{ total: 3 }, { total: 1 }]);
    for (const secret of ['ca.pem', 'tickets.pem', 'demo-password'])
      expect((await stat(join(dataDir, 'keys', secret))).mode & 0o777).toBe(0o600);
    expect(await stop(first.child)).toBe(0);

    const second = await start(first.ready.ports);
    expect(second.ready.demo).toEqual(first.ready.demo);
    expect(second.ready.ports).toEqual(first.ready.ports);
    // The session of before, and no second demonstration.
    expect(await list(second.ready, 'spaces')).toEqual({ total: 3 });
    expect((await signIn(second.ready)).status).toBe(200);

    const busy = run(['--http-port', String(second.ready.ports.http), '--terminal-port', '0', '--roles', 'api']);
    let advice = '';
    busy.stderr?.on('data', (chunk: Buffer) => {
      advice += chunk.toString();
    });
    await once(busy, 'close');
    expect(busy.exitCode).toBe(1);
    expect(advice).toContain(`Port ${second.ready.ports.http} is in use`);
    expect(advice).toContain(`--http-port ${second.ready.ports.http + 1}`);

    const began = performance.now();
    expect(await stop(second.child)).toBe(0);
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('says what is wrong with its options', async () => {
    const child = run(['--http-port', 'many']);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await once(child, 'close');
    expect([child.exitCode, said]).toEqual([1, expect.stringContaining('--http-port many')]);
  });

  it('lets no other site’s page signal, and says when it does not signal at all', { timeout: 30_000 }, async () => {
    const { child, ready } = await start({ http: 0, terminal: 0, mqtt: 0 });
    const open = (headers: Record<string, string>, path = '/api/v1/signal') =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${ready.httpUrl.replace('http', 'ws')}${path}`, { headers });
        socket.once('open', () => resolve('open'));
        socket.once('error', (error) => resolve(error.message));
      });
    expect(await open({ origin: 'https://evil.test' })).toContain('403');
    expect(await open({ origin: ready.httpUrl })).toContain('503');
    expect(await open({}, '/elsewhere')).toContain('404');
    await stop(child);
  });
});
