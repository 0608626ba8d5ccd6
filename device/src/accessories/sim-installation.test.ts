import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { installationSchemaName } from '@anteroom/shared/profile/installation.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { openInstallation, readInstallation } from './installation-file.ts';
import { runInstallationSimulation } from './sim-installation.ts';

const clock = createSystemClock();
const log = pino({ level: 'silent' });
const random = () => 0.5;
const within = { timeout: 8_000 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anteroom-installation-'));
  await writeFile(join(folder, 'right'), 'JBMIAProjectorLink\n');
  await writeFile(join(folder, 'wrong'), 'panasonic\n');
});
afterAll(() => rm(folder, { recursive: true }));

async function writeRoom(name: string, { at, passwordFile }: { at: string; passwordFile: string }): Promise<string> {
  const file = join(folder, name);
  const projector = { name: 'projector', accessory: 'panasonic-pt-rz470', at, passwordFile };
  await writeFile(file, stringify({ schema: installationSchemaName, devices: [projector], room: {} }));
  return file;
}

/** Plays a room with one projector at a free port until it is disposed. */
async function play() {
  const stopping = new AbortController();
  const input = new PassThrough();
  const printed: string[] = [];
  const complaints: string[] = [];
  const file = await writeRoom('played.yaml', { at: 'tcp:127.0.0.1:0', passwordFile: 'right' });
  const ended = runInstallationSimulation(['--installation', file, '--warm-up', '0'], {
    ...{ print: (line) => printed.push(line), complain: (line) => complaints.push(line) },
    ...{ input, clock, log, random, signal: stopping.signal },
  });
  await vi.waitFor(() => expect([...printed, ...complaints]).toContain('{"event":"ready","devices":1}'), within);
  return {
    ...{ input, complaints, at: JSON.parse(printed[0] ?? '').at as string },
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}

/** Drives the projector of a room and says whether it answers. */
async function drive(file: string, to = log) {
  const opened = await openInstallation(await readInstallation(file), { clock, log: to, random });
  const [projector] = opened.accessories;
  if (!projector || 'why' in projector.found) throw new Error('the projector is not driven');
  const { room } = projector.found;
  return { ...opened, isConnected: () => room.device.state().isConnected };
}

describe('a simulated installation', () => {
  test('asks for the passwords that the file names, and takes no other', async () => {
    const { at, stop } = await play();
    const said: string[] = [];
    const noting = pino({}, { write: (text) => said.push(text) });
    const wrong = await drive(await writeRoom('wrong.yaml', { at, passwordFile: 'wrong' }), noting);
    await vi.waitFor(() => expect(said.join('')).toContain('the password is wrong'), within);
    await wrong[Symbol.asyncDispose]();
    await using right = await drive(await writeRoom('right.yaml', { at, passwordFile: 'right' }));
    await vi.waitFor(() => expect(right.isConnected()).toBe(true), within);
    expect(await stop()).toBe(0);
  });

  test('lets one of its devices misbehave, by its name', async () => {
    const { at, input, complaints, stop } = await play();
    await using driven = await drive(await writeRoom('driven.yaml', { at, passwordFile: 'right' }));
    await vi.waitFor(() => expect(driven.isConnected()).toBe(true), within);
    input.write('projector power-cycle\n');
    await vi.waitFor(() => expect(driven.isConnected()).toBe(false), within);
    input.write('projector explode\nlamp deafen\n');
    await vi.waitFor(() => expect(complaints).toHaveLength(2), within);
    expect(complaints[0]).toContain('“explode” is nothing');
    expect(complaints[1]).toBe('there is no device “lamp”: projector');
    expect(await stop()).toBe(0);
  });

  test('with a file that cannot be read is complained of', async () => {
    const complaints: string[] = [];
    const deps = { print: () => undefined, complain: (line: string) => complaints.push(line) };
    const args = ['--installation', join(folder, 'nowhere.yaml')];
    const input = new PassThrough();
    const { signal } = new AbortController();
    expect(await runInstallationSimulation(args, { ...deps, input, clock, log, random, signal })).toBe(1);
    expect(complaints.join()).toContain('nowhere.yaml');
  });
});
