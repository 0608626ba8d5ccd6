import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { protocols } from '../drivers/registry.ts';
import type { Line, LineEvent } from '../ports/line.ts';
import { toBytes } from '../ports/text-decoder.ts';
import { type Capture, readCapture, tapLine } from './capture.ts';
import { readAccessory } from './profile-files.ts';
import { runRecordCommand } from './record-command.ts';
import { replay } from './replay.ts';
import { serveTcp } from './serve.ts';

const clock = createSystemClock();
const folder = await mkdtemp(join(tmpdir(), 'anteroom-capture-'));
afterAll(() => rm(folder, { recursive: true }));

async function record(): Promise<Capture> {
  const profile = await readAccessory('samsung-qb55');
  const [wire] = profile.lines;
  const model = protocols[profile.protocol]?.read(profile.facts);
  if (!wire || !model) throw new Error('the profile has a line and a driver');
  await using device = model.simulate({
    wire,
    user: '',
    password: '',
    identity: null,
    mode: 'strict',
    warmUpMs: 0,
    clock,
  });
  await using served = await serveTcp(device, {
    ...{ host: '127.0.0.1', port: 0, noticePort: null },
    wire: (bytes, deliver) => deliver(bytes),
  });
  const file = join(folder, 'capture.jsonl');
  const said: string[] = [];
  const code = await runRecordCommand(
    [file, '--profile', 'samsung-qb55', '--at', served.at, 'setInput', 'hdmi2', '/', 'setVolume', '0.4'],
    {
      ...{ print: (line) => said.push(line), complain: (line) => said.push(line), input: process.stdin, clock },
      ...{ log: pino({ level: 'silent' }), random: Math.random, signal: new AbortController().signal },
    },
  );
  expect([code, said.join()]).toEqual([0, expect.stringMatching(/^\d+ lines in /)]);
  return readCapture(await readFile(file, 'utf8'));
}

const saidIn = ({ events }: Capture) => events.flatMap((event) => (event.event === 'said' ? [event.hex] : []));
const endOf = ({ events }: Capture) => events.flatMap((event) => (event.event === 'ended' ? [event.state] : []))[0];

test('a recorded conversation is said and understood the same when it is played back', async () => {
  const capture = await record();
  const profile = await readAccessory('samsung-qb55');
  expect(endOf(capture)).toMatchObject({ input: { value: 'hdmi2' }, volume: { value: 0.4 }, isConnected: true });
  const played = await replay(capture, { profile, clock: createManualClock() });
  expect(played).toEqual({ said: saidIn(capture), state: endOf(capture) });

  // A driver that calls the input by another number says something else.
  const other = { ...profile, facts: { ...profile.facts, inputs: { hdmi1: 0x21, hdmi2: 0x31 } } };
  expect((await replay(capture, { profile: other, clock: createManualClock() })).said).not.toEqual(saidIn(capture));
});

test('a datagram beside the line is written down, and played back', async () => {
  const listeners: ((event: LineEvent) => void)[] = [];
  const line: Line = {
    ...{ name: 'tapped', isOpen: () => false, reopen: () => undefined, send: async () => undefined },
    subscribe(listener) {
      listeners.push(listener);
      return () => undefined;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const written: unknown[] = [];
  tapLine(line, (event) => written.push({ atMs: 5, ...event }));
  for (const listener of listeners) listener({ type: 'noticed', bytes: toBytes('%2POWR=3\r') });
  expect(written).toEqual([{ atMs: 5, event: 'noticed', hex: '2532504f57523d330d' }]);

  const head = { capture: 'anteroom/capture/1', transport: 'tcp', recordedAt: '2026-01-05T09:00:00Z' };
  const capture = readCapture(
    [{ ...head, profile: 'epson-eb-l610u' }, ...written].map((each) => JSON.stringify(each)).join('\n'),
  );
  const profile = await readAccessory('epson-eb-l610u');
  const { state } = await replay(capture, { profile, clock: createManualClock() });
  expect(state).toMatchObject({ isConnected: false, power: { value: 'warmingUp', source: 'report' } });
});

test('a capture that does not fit names its line', () => {
  const head = '{"capture":"anteroom/capture/1","profile":"x","transport":"tcp","recordedAt":"2026-01-05T09:00:00Z"}';
  expect(() => readCapture(`${head}\n{"atMs":1,"event":"said","hex":"abc"}\n`)).toThrow('line 2 of the capture');
  expect(() => readCapture('{}')).toThrow('line 1 of the capture');
});
