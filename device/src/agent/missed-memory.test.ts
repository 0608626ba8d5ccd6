import fs, { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@anteroom/shared/ids.ts';
import type { MissedCall } from '@anteroom/shared/panel/state.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStore } from '../store/store.ts';
import { createMissedMemory, storedMissed } from './missed-memory.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anteroom-missed-'));
});
afterEach(() => rm(directory, { recursive: true }));

const call: MissedCall = {
  meetingId: newId('meeting'),
  ...{ subject: 'Design review', callerName: 'Kari', missedAt: '2026-01-05T10:00:45.000Z' },
};

async function open() {
  const store = await openStore({ directory, fs, clock: createSystemClock() });
  return createMissedMemory({ document: store.document('missed-calls', storedMissed), log: pino({ level: 'silent' }) });
}

test('missed calls outlive a restart of the agent, as they were last', async () => {
  const memory = await open();
  expect(await memory.read()).toEqual([]);
  memory.write([call, { ...call, callerName: 'Ola' }]);
  memory.write([call]);
  await vi.waitFor(async () => expect(await (await open()).read()).toEqual([call]));
});

test('damaged missed calls are none, and the terminal starts', async () => {
  await writeFile(join(directory, 'missed-calls.json'), '{"damaged');
  expect(await (await open()).read()).toEqual([]);
});
