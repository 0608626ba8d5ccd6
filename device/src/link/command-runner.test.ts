import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@anteroom/shared/ids.ts';
import type { CommandMessage } from '@anteroom/shared/protocol/messages.ts';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Journal } from '../ports/store.ts';
import { openStore } from '../store/store.ts';
import { createCommandRunner } from './command-runner.ts';
import { createLedger, type LedgerRecord, ledgerRecord, type Outcome } from './ledger.ts';
import { createLedgerStore } from './ledger-store.ts';
import type { CommandResult } from './link.ts';
import { createServerClock } from './server-clock.ts';

let directory: string;
let clock: ManualClock;
const journals: Journal<LedgerRecord>[] = [];
beforeEach(async () => {
  directory = await fs.mkdtemp(join(tmpdir(), 'anteroom-runner-'));
  clock = createManualClock();
});
afterEach(async () => {
  for (const journal of journals.splice(0)) await journal.close();
  await fs.rm(directory, { recursive: true, force: true });
});

type Act = () => Promise<CommandResult>;
const done: Act = () => Promise.resolve({ result: 'done', detail: '' });

/** An agent's life on the same disk; `isWelcome` says whether it knows the server's time. */
async function live(options: { act: Act; isWelcome?: boolean; breakDisk?: () => boolean }) {
  const store = await openStore({ directory, fs, clock });
  const opened = await store.openJournal('link', ledgerRecord);
  journals.push(opened.journal);
  const ledger = createLedger();
  for (const record of opened.entries) ledger.apply(record);
  const serverClock = createServerClock(clock);
  if (options.isWelcome ?? true) serverClock.set('2026-06-01T12:00:00.000Z', clock.monotonicMs());
  const log = pino({ level: 'silent' });
  const journal: Journal<LedgerRecord> = {
    ...opened.journal,
    append: (entries) =>
      options.breakDisk?.() ? Promise.reject(new Error('disk is full')) : opened.journal.append(entries),
  };
  const acted: string[] = [];
  const sentAgain: Outcome[] = [];
  const stop = new AbortController();
  const runner = createCommandRunner({
    ledger,
    store: createLedgerStore({ journal, ledger, log, serverNow: serverClock.now }),
    serverClock,
    clock,
    log,
    execute: (_request, { commandId }) => {
      acted.push(commandId);
      return options.act();
    },
    sendAgain: (_commandId, outcome) => sentAgain.push(outcome),
    onRecorded: () => undefined,
    signal: stop.signal,
  });
  runner.recover();
  const outcomes = () => [...ledger.pending()].flatMap((item) => (item.channel === 'outcome' ? [item.outcome] : []));
  return { runner, ledger, acted, sentAgain, outcomes, stop };
}

function ping(deadlineAt = '2026-06-01T12:01:00.000Z'): CommandMessage {
  const at = '2026-06-01T12:00:00.000Z';
  return { v: 1, id: newId('message'), at, commandId: newId('command'), request: { kind: 'ping' }, deadlineAt };
}

/** Lets what runs reach its next wait, and moves the clock past it. */
async function pass(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  await clock.advance(ms);
}

test('a command that comes many times is acted on once', async () => {
  const agent = await live({ act: done });
  const command = ping();
  for (let n = 0; n < 5; n++) agent.runner.receive(command);
  await agent.runner.idle();
  agent.runner.receive({ ...command, id: newId('message') });
  await agent.runner.idle();
  expect(agent.acted).toEqual([command.commandId]);
  expect(agent.outcomes()).toMatchObject([{ result: 'done', finishedAt: '2026-06-01T12:00:00.000Z' }]);
  const next = await live({ act: done });
  next.runner.receive(command);
  await next.runner.idle();
  expect(next.acted).toEqual([]);
});

test('a command that ran when the agent died was interrupted, and is not run again', async () => {
  const first = await live({ act: () => new Promise(() => undefined) });
  const command = ping();
  first.runner.receive(command);
  while (first.acted.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  const second = await live({ act: done });
  second.runner.receive(command);
  await second.runner.idle();
  expect(second.acted).toEqual([]);
  expect(second.outcomes()).toMatchObject([{ result: 'interrupted' }]);
});

test('a command past its deadline by the fleet’s clock is not started, whatever the terminal’s own clock says', async () => {
  const agent = await live({ act: done });
  clock.jumpTo(new Date('1970-01-01T00:00:00Z'));
  await clock.advance(60_001);
  agent.runner.receive(ping());
  agent.runner.receive(ping('2026-06-01T12:01:00.002Z'));
  await agent.runner.idle();
  expect(agent.acted).toHaveLength(1);
  expect(agent.outcomes().map(({ result }) => result)).toEqual(['expired', 'done']);
});

test('before the fleet’s time is known no command is taken', async () => {
  const agent = await live({ act: done, isWelcome: false });
  agent.runner.receive(ping());
  await agent.runner.idle();
  expect(agent.acted).toEqual([]);
  expect(agent.outcomes()).toEqual([]);
});

test('a handler that throws has failed, and a long detail is cut', async () => {
  const agent = await live({ act: () => Promise.reject(new Error('x'.repeat(900))) });
  agent.runner.receive(ping());
  await agent.runner.idle();
  const [outcome] = agent.outcomes();
  expect(outcome?.result).toBe('failed');
  expect(outcome?.detail).toHaveLength(500);
});

test('nothing is acted on that could not be written down, and it is acted on when it comes again', async () => {
  let isBroken = true;
  const agent = await live({ act: done, breakDisk: () => isBroken });
  const command = ping();
  agent.runner.receive(command);
  await agent.runner.idle();
  expect(agent.acted).toEqual([]);
  isBroken = false;
  agent.runner.receive(command);
  await agent.runner.idle();
  expect(agent.acted).toEqual([command.commandId]);
});

test('a full disk does not stop an agent from starting; what was interrupted is told when there is room', async () => {
  const first = await live({ act: () => new Promise(() => undefined) });
  first.runner.receive(ping());
  while (first.acted.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  let isBroken = true;
  const second = await live({ act: done, breakDisk: () => isBroken });
  await pass(1_000);
  expect(second.outcomes()).toEqual([]);
  isBroken = false;
  await pass(1_000);
  await second.runner.idle();
  expect(second.outcomes()).toMatchObject([{ result: 'interrupted' }]);
});

test('an outcome that the disk refuses is written when it takes it, and a restart waits for that', async () => {
  let isBroken = false;
  let isRestarted = false;
  const agent = await live({
    act: () => {
      isBroken = true;
      return Promise.resolve({ result: 'done', detail: '', afterRecorded: () => (isRestarted = true) });
    },
    breakDisk: () => isBroken,
  });
  agent.runner.receive(ping());
  while (agent.acted.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await pass(1_000);
  expect(isRestarted).toBe(false);
  isBroken = false;
  await pass(1_000);
  await agent.runner.idle();
  expect(isRestarted).toBe(true);
  expect(agent.outcomes()).toMatchObject([{ result: 'done' }]);
});

test('a fleet that asks again for a settled command gets the same outcome again', async () => {
  const agent = await live({ act: done });
  const command = ping();
  agent.runner.receive(command);
  await agent.runner.idle();
  const [outcome] = agent.outcomes();
  if (!outcome) throw new Error('no outcome');
  agent.ledger.apply({ op: 'settled', messageIds: [outcome.messageId] });
  agent.runner.receive(command);
  expect(agent.sentAgain).toEqual([outcome]);
});
