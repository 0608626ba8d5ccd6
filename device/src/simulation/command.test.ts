import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type SmallFleet, startSmallFleet } from '../enrolment/test/small-fleet.ts';
import { runSimulation } from './command.ts';

/** Runs `anteroom sim` and collects what it says. */
function run(args: readonly string[], fleet?: SmallFleet) {
  const lines: string[] = [];
  const complaints: string[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const code = runSimulation(args, {
    signIn: (_url, { login }) =>
      login === 'admin'
        ? Promise.resolve((_serial, shown) => Promise.resolve(void fleet?.claim(shown)))
        : Promise.reject(new Error('sign in: 401 credentials_wrong')),
    print: (line) => void lines.push(line),
    complain: (line) => void complaints.push(line),
    signal: stop.signal,
  });
  const events = (name: string) => lines.map((line) => JSON.parse(line)).filter(({ event }) => event === name);
  return { code, lines, complaints, stop, events };
}

async function prepare() {
  const fleet = await startSmallFleet();
  onTestFinished(() => fleet[Symbol.asyncDispose]());
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-sim-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await writeFile(join(folder, 'ca.pem'), fleet.caPem);
  const args = ['--fleet', fleet.url.href, '--fleet-ca', join(folder, 'ca.pem'), '--data', join(folder, 'data')];
  return { fleet, args: [...args, '--log-level', 'silent', '--report-every', '0.2'] };
}

test('help explains, and is no fault', async () => {
  const { code, lines } = run(['--help']);
  expect(await code).toBe(0);
  expect(lines.join('')).toContain('--terminals N');
});

test.each<[string, string[], string]>([
  ['nothing given', [], '--fleet: expected https://host:port'],
  ['no encryption', ['--fleet', 'http://fleet.example', '--ca', 'x'], '--fleet: expected https://host:port'],
  ['too many', ['--terminals', '100000'], '--terminals: '],
  [
    'claiming without a password',
    ['--fleet', 'https://f', '--ca', 'x', '--claim-with', 'https://f'],
    '--claim-with: needs --login and --password',
  ],
  ['an unknown option', ['--colour'], '--colour'],
])('%s is named', async (_what, args, complaint) => {
  const { code, complaints } = run(args);
  expect(await code).toBe(2);
  expect(complaints.join('\n')).toContain(complaint);
});

test('every terminal shows a code of its own, until the command is stopped', async () => {
  const { fleet, args } = await prepare();
  const { code, events, stop } = run([...args, '--terminals', '3']);
  await vi.waitFor(
    () => expect(events('running').at(-1)).toMatchObject({ terminals: 3, pairing: 3, online: 0 }),
    5_000,
  );
  expect(new Set(events('pairing').map(({ code: shown }) => shown)).size).toBe(3);
  expect(fleet.pairings().map(({ serial }) => serial)).toEqual(['SIM-00001', 'SIM-00002', 'SIM-00003']);
  stop.abort();
  expect(await code).toBe(0);
  expect(events('running').at(-1)).toMatchObject({ residentMb: expect.any(Number), perTerminalKb: expect.any(Number) });
});

test('claimed terminals keep their identity over a restart', async () => {
  const { fleet, args } = await prepare();
  const claiming = ['--claim-with', 'https://fleet.example', '--login', 'admin', '--password', 'secret'];
  const first = run([...args, ...claiming, '--for', '1.5'], fleet);
  expect(await first.code).toBe(0);
  expect(first.events('claimed')).toHaveLength(1);
  const second = run([...args, '--for', '0.5'], fleet);
  expect(await second.code).toBe(0);
  expect(second.events('pairing')).toEqual([]);
  expect(fleet.pairings()).toHaveLength(1);
});

test('a sign-in that fails ends the command before any terminal starts', async () => {
  const { fleet, args } = await prepare();
  const claiming = ['--claim-with', 'https://fleet.example', '--login', 'nobody', '--password', 'wrong'];
  const { code } = run([...args, ...claiming], fleet);
  await expect(code).rejects.toThrow('credentials_wrong');
  expect(fleet.pairings()).toHaveLength(0);
});
