import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Transport } from '@anteroom/shared/profile/accessory.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { afterAll, describe, expect, test } from 'vitest';
import { protocols } from '../drivers/registry.ts';
import { runProfileCommand } from './profile-command.ts';
import { accessoriesFolder, readAccessory } from './profile-files.ts';
import { type Served, servePty, serveTcp } from './serve.ts';

const clock = createSystemClock();
const folder = await mkdtemp(join(tmpdir(), 'anteroom-profile-'));
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; printed: string[]; complaints: string }> {
  const printed: string[] = [];
  const complaints: string[] = [];
  const code = await runProfileCommand(args, {
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
    input: new PassThrough(),
    clock,
    log: pino({ level: 'silent' }),
    random: Math.random,
    signal: AbortSignal.timeout(9_000),
  });
  return { code, printed, complaints: complaints.join('\n') };
}

/** The display of a profile, served on a line of that kind until the test ends. */
async function serve(name: string, transport: Transport): Promise<Served> {
  const profile = await readAccessory(name);
  const wire = profile.lines.find((line) => line.transport === transport);
  const model = protocols[profile.protocol]?.read(profile.facts);
  if (!wire || !model) throw new Error(`${name} is not served over ${transport}`);
  const device = model.simulate({
    wire,
    user: '',
    password: '',
    identity: profile.match.identity?.[0] ?? null,
    mode: 'strict',
    warmUpMs: 0,
    clock,
  });
  const plain = { wire: (bytes: Uint8Array, deliver: (heard: Uint8Array) => void) => deliver(bytes) };
  const served =
    transport === 'serial'
      ? await servePty(device, { path: join(folder, name), ...plain })
      : await serveTcp(device, { host: '127.0.0.1', port: 0, noticePort: null, ...plain });
  return {
    at: served.at,
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await device[Symbol.asyncDispose]();
    },
  };
}

describe('lint', () => {
  test('of everything that comes with the software finds nothing', async () => {
    const { code, printed } = await run('lint');
    expect({ code, last: printed.at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(/^\d+ profiles, 0 problems$/),
    });
    expect(printed).toHaveLength(1);
  });

  test('prints each problem as file, place and what', async () => {
    const { code, printed } = await run('lint', join(accessoriesFolder, 'refused/kind-of-another.yaml'));
    expect(code).toBe(1);
    expect(printed).toEqual([
      expect.stringMatching(
        /accessories\/refused\/kind-of-another\.yaml: kind: pjlink is spoken by a display, not by a camera$/,
      ),
      '1 profiles, 1 problems',
    ]);
  });
});

describe('try', () => {
  test('runs a command and prints what is true after it', async () => {
    await using served = await serve('samsung-qb55', 'tcp');
    const { code, printed } = await run('try', 'samsung-qb55', '--at', served.at, 'setPower', 'on');
    expect(code).toBe(0);
    expect(JSON.parse(printed[0] ?? '')).toMatchObject({
      profile: 'samsung-qb55',
      at: served.at,
      isConnected: true,
      power: { value: 'on', source: 'answer' },
    });
  });

  test('says what the device cannot do', async () => {
    await using served = await serve('samsung-qb55', 'tcp');
    const { code, complaints } = await run('try', 'samsung-qb55', '--at', served.at, 'setInput', 'scart');
    expect(code).toBe(1);
    expect(complaints).toContain('scart');
  });

  test('says that nobody answers', async () => {
    const served = await serve('samsung-qb55', 'tcp');
    await served[Symbol.asyncDispose]();
    const { code, complaints } = await run('try', 'samsung-qb55', '--at', served.at, '--within', '0.2');
    expect({ code, complaints }).toEqual({ code: 1, complaints: 'anteroom profile: the device does not answer' });
  });

  test('says over which lines a model is reached', async () => {
    const { code, complaints } = await run('try', 'lg-55ls75a', '--at', 'tcp:127.0.0.1:9');
    expect(code).toBe(1);
    expect(complaints).toContain('lg-55ls75a is not reached over tcp: its profile has serial');
  });
});

describe('probe', () => {
  test('names the profile whose words are answered, and whether it is that model', async () => {
    await using served = await serve('samsung-qb55', 'serial');
    const { code, printed } = await run('probe', '--at', served.at, '--within', '0.8');
    expect(code).toBe(0);
    expect(printed.map((line) => JSON.parse(line))).toEqual([
      { profile: 'samsung-qb55', protocol: 'samsung-mdc', identity: 'Samsung QB55C', isMatch: true },
    ]);
  });

  test('says when nobody answers', async () => {
    const { code, complaints } = await run('probe', '--at', `serial:${join(folder, 'nobody')}`, '--within', '0.1');
    expect(code).toBe(1);
    expect(complaints).toContain('answers to any profile');
  });
});

test.each([
  [['dance'], 'there is no “dance”'],
  [['try'], 'try: which profile?'],
  [['try', 'samsung-qb55'], 'try: --at ADDRESS is missing'],
  [['probe'], 'probe: --at ADDRESS is missing'],
  [['probe', '--at', 'tcp:127.0.0.1', '--within', 'soon'], '--within: expected 0.1 to 600 seconds'],
])('%j is answered with how it is used', async (args, complaint) => {
  const { code, complaints } = await run(...args);
  expect(code).toBe(2);
  expect(complaints).toContain(complaint);
  expect(complaints).toContain('anteroom profile lint [FILE …]');
});

test('match says which profiles fit, and why; a machine that no profile is about is told which is for any', async () => {
  const root = await mkdtemp(join(folder, 'machine-'));
  expect(await run('match', '--root', root)).toEqual({
    ...{ code: 1, printed: [] },
    complaints: 'no profile is about this machine: --profile generic-usb is for any',
  });
  await mkdir(join(root, 'proc/device-tree'), { recursive: true });
  await writeFile(join(root, 'proc/device-tree/model'), 'Raspberry Pi 5 Model B Rev 1.0\0');
  const { code, printed } = await run('match', '--root', root);
  expect(code).toBe(0);
  expect(printed.map((line) => JSON.parse(line))).toEqual([
    { terminal: 'raspberry-pi-5', because: ['device tree: model “Raspberry Pi 5 Model B Rev 1.0”'] },
  ]);
});
