import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Line, LineEvent } from '../ports/line.ts';
import { createKeptLine } from './kept-line.ts';
import { openSerial } from './serial.ts';

/** Two ptys with a cable between them, as socat makes them: what is unplugged is the whole of it. */
let folder: string;
let cable: ChildProcess;
const lines: Line[] = [];
const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, hasFlowControl: false } as const;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-serial-'));
  await plugIn();
});
afterEach(async () => {
  for (const line of lines.splice(0)) await line[Symbol.asyncDispose]();
  await unplug();
  rmSync(folder, { recursive: true, force: true });
});

async function plugIn(): Promise<void> {
  const [ours, theirs] = ['ours', 'theirs'].map((name) => `pty,raw,echo=0,link=${join(folder, name)}`);
  cable = spawn('socat', [ours ?? '', theirs ?? ''], { stdio: 'ignore' });
  await vi.waitFor(() => expect(existsSync(join(folder, 'ours')) && existsSync(join(folder, 'theirs'))).toBe(true));
}

async function unplug(): Promise<void> {
  if (cable.exitCode !== null || cable.signalCode !== null) return;
  const gone = once(cable, 'exit');
  cable.kill();
  await gone;
}

function open(name: 'ours' | 'theirs'): { line: Line; heard: LineEvent[]; text: () => string } {
  const heard: LineEvent[] = [];
  const path = join(folder, name);
  const deps = { open: openSerial({ path, ...settings }), clock: createSystemClock(), random: () => 0 };
  const line = createKeptLine({ name: `serial ${name}`, ...deps });
  line.subscribe((event) => heard.push(event));
  lines.push(line);
  const bytes = () => heard.flatMap((event) => (event.type === 'received' ? [event.bytes] : []));
  return { line, heard, text: () => Buffer.concat(bytes()).toString('latin1') };
}

it('carries bytes both ways, whatever they are', async () => {
  const [camera, room] = [open('theirs'), open('ours')];
  await vi.waitFor(() => expect(camera.line.isOpen() && room.line.isOpen()).toBe(true));
  await room.line.send(Uint8Array.of(0x81, 0x01, 0x00, 0x11, 0x13, 0xff));
  await vi.waitFor(() => expect(Buffer.from(camera.text(), 'latin1').toString('hex')).toBe('8101001113ff'));
  await camera.line.send(Buffer.from('\r\n\u0090'));
  await vi.waitFor(() => expect(room.text()).toContain('\r\n'));
});

it('is had by one at a time', async () => {
  const first = open('ours');
  await vi.waitFor(() => expect(first.line.isOpen()).toBe(true));
  const second = open('ours');
  await vi.waitFor(() =>
    expect(second.heard).toEqual([{ type: 'closed', reason: expect.stringMatching(/lock|busy|unavailable/i) }]),
  );
  await expect(second.line.send(Buffer.from('x'))).rejects.toMatchObject({ fault: 'not_connected' });
  await first.line[Symbol.asyncDispose]();
  await vi.waitFor(() => expect(second.line.isOpen()).toBe(true), { timeout: 3_000 });
});

it('is unplugged in the middle of a word, says so, and opens again when it is back', async () => {
  const room = open('ours');
  const far = new SerialPort({ path: join(folder, 'theirs'), baudRate: 9600 });
  far.on('error', () => {});
  await vi.waitFor(() => expect(room.line.isOpen() && far.isOpen).toBe(true));
  far.write('half a w');
  await vi.waitFor(() => expect(room.text()).toBe('half a w'));
  await unplug();
  await vi.waitFor(() => expect(room.heard.at(-1)).toMatchObject({ type: 'closed' }));
  expect(room.heard.at(-1)).toMatchObject({ reason: expect.stringContaining('the port is gone') });
  await expect(room.line.send(Buffer.from('x'))).rejects.toMatchObject({ fault: 'not_connected' });
  await plugIn();
  const camera = open('theirs');
  await vi.waitFor(() => expect(camera.line.isOpen() && room.line.isOpen()).toBe(true), { timeout: 3_000 });
  await camera.line.send(Buffer.from('hello again'));
  await vi.waitFor(() => expect(room.text()).toBe('half a whello again'));
});

it('is let go of when it is disposed, also while it is not there', async () => {
  const room = open('ours');
  await vi.waitFor(() => expect(room.line.isOpen()).toBe(true));
  await room.line[Symbol.asyncDispose]();
  const again = open('ours');
  await vi.waitFor(() => expect(again.line.isOpen()).toBe(true), { timeout: 3_000 });
  await unplug();
  await vi.waitFor(() => expect(again.line.isOpen()).toBe(false));
  await again.line[Symbol.asyncDispose]();
  expect(again.line.isOpen()).toBe(false);
});
