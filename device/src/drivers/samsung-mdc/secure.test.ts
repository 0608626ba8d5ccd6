import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Line, LineEvent } from '../../ports/line.ts';
import { createKeptLine } from '../../transports/kept-line.ts';
import type { SamsungMdcFacts } from './codec.ts';
import { createSamsungDisplay } from './driver.ts';
import { openSecureMdc } from './secure.ts';
import { serveSecureMdc } from './secure-simulator.ts';
import { createSamsungSimulator } from './simulator.ts';

const facts: SamsungMdcFacts = {
  ...{ displayId: 1, inputs: { hdmi1: 0x21 }, hasSound: true, hasPanelOff: true, powerSettlesMs: 0 },
  timing: { answerWithinMs: 1_000, askEveryMs: 60_000 },
};
const clock = createSystemClock();
const host = '127.0.0.1';
const open: AsyncDisposable[] = [];
let identity: { key: string; cert: string };

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-mdc-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const how = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=display'];
  execFileSync('openssl', ['req', '-x509', ...how, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  identity = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

async function serve(): Promise<{ port: number }> {
  const device = createSamsungSimulator({ facts, mode: 'strict', warmUpMs: 0, clock });
  const server = await serveSecureMdc({
    device,
    host,
    port: 0,
    pin: '0123',
    wire: (bytes, deliver) => deliver(bytes),
    ...identity,
  });
  open.push(device, server);
  return server;
}

function dial(deps: { port: number; pin: string; certificateSha256: string | null }): {
  line: Line;
  heard: LineEvent[];
} {
  const line = createKeptLine({ name: 'secure', open: openSecureMdc({ host, ...deps }), clock, random: () => 0 });
  const heard: LineEvent[] = [];
  line.subscribe((event) => heard.push(event));
  open.push(line);
  return { line, heard };
}

it('speaks to a display behind TLS and a PIN, whose certificate is the one of the profile', async () => {
  const { port } = await serve();
  const certificateSha256 = createHash('sha256').update(new X509Certificate(identity.cert).raw).digest('hex');
  const { line } = dial({ port, pin: '0123', certificateSha256 });
  const display = createSamsungDisplay({ line, facts, clock, log: pino({ level: 'silent' }) });
  open.push(display);
  await vi.waitFor(() => expect(display.state().identity?.value).toBe('Samsung QB55C'));
  await display.run({ kind: 'setVolume', volume: 0.5 }, { signal: AbortSignal.timeout(2_000) });
  expect(display.state().volume?.value).toBe(0.5);
});

it('says that the PIN was not taken', async () => {
  const { port } = await serve();
  const { heard } = dial({ port, pin: '9999', certificateSha256: null });
  await vi.waitFor(() => expect(heard).toEqual([{ type: 'closed', reason: 'the PIN was not taken (0x01)' }]));
});

it('asks for the PIN before anything is opened', async () => {
  const { port } = await serve();
  const { heard } = dial({ port, pin: '', certificateSha256: null });
  await vi.waitFor(() =>
    expect(heard).toEqual([{ type: 'closed', reason: 'the display wants a PIN, and none was given' }]),
  );
});

it('says that it is another display', async () => {
  const { port } = await serve();
  const { heard } = dial({ port, pin: '0123', certificateSha256: '00'.repeat(32) });
  await vi.waitFor(() =>
    expect(heard).toMatchObject([{ type: 'closed', reason: expect.stringContaining('its certificate is ') }]),
  );
});

it('says that a display does not want TLS', async () => {
  const server = createServer((socket) => socket.end('hello')).listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server has an address of this kind.
  const { heard } = dial({ port, pin: '0123', certificateSha256: null });
  await vi.waitFor(() =>
    expect(heard).toMatchObject([{ type: 'closed', reason: expect.stringContaining('instead of MDCSTART') }]),
  );
  server.close();
});
