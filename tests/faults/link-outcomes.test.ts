import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parsePayload, parseTopic } from '@anteroom/shared/protocol/channels.ts';
import { expect, test } from 'vitest';
import { createCommand } from '../../fleet/src/link/commands.ts';
import { eventually } from '../harness/eventually.ts';
import { type HostileProxy, startHostileProxy } from '../simulators/hostile-proxy.ts';
import { createLinkWorld, type LinkWorld, type TestTerminal } from '../simulators/link-world.ts';

const commandCount = 1_000;
const terminalCount = 4;
const troubleRounds = 5;
const simulators = resolve(import.meta.dirname, '../simulators');

/** A child process that is brought back whenever it was killed, as a supervisor does. */
function keepAlive(script: string, settings: () => unknown, onMessage: (message: unknown) => void) {
  let child: ChildProcess | null = null;
  let isOver = false;
  let lives = 0;

  function live(): void {
    lives += 1;
    const current = fork(join(simulators, script), [JSON.stringify(settings())], { execPath: process.execPath });
    child = current;
    current.on('message', onMessage);
    current.once('exit', () => {
      child = null;
      if (!isOver) live();
    });
  }
  live();
  return {
    kill: () => child?.kill('SIGKILL'),
    send: (message: string) => child?.send(message),
    lives: () => lives,
    async [Symbol.asyncDispose]() {
      isOver = true;
      const last = child;
      if (!last) return;
      const exited = new Promise((done) => last.once('exit', done));
      last.kill('SIGKILL');
      await exited;
    },
  };
}

function startFleet(world: LinkWorld, stack: AsyncDisposableStack) {
  let port = 0;
  let leads = 0;
  const child = stack.use(
    keepAlive(
      'link-fleet-process.ts',
      () => ({
        databaseFile: world.databaseFile,
        port,
        keyPem: world.server.keyPem,
        certificatePem: world.server.certificatePem,
        caPem: world.authority.caPem,
      }),
      (message) => {
        // The only thing the process says.
        port = (message as { port: number }).port;
        leads += 1;
      },
    ),
  );
  return { ...child, port: () => port, leads: () => leads };
}

const actedFileOf = (world: LinkWorld, terminal: TestTerminal) => join(world.directory, `${terminal.id}.acted`);

function startTerminal(world: LinkWorld, terminal: TestTerminal, port: number, stack: AsyncDisposableStack) {
  const settings = {
    terminalId: terminal.id,
    directory: join(world.directory, terminal.id),
    actedFile: actedFileOf(world, terminal),
    port,
    keyPem: terminal.keyPem,
    certificatePem: terminal.certificatePem,
    caPem: world.authority.caPem,
  };
  let isKillDue = false;
  const child = stack.use(
    keepAlive(
      'link-terminal-process.ts',
      () => settings,
      (message) => {
        if (message !== 'acting' || !isKillDue) return;
        isKillDue = false;
        child.kill();
      },
    ),
  );
  return {
    lives: child.lives,
    killWhileActing() {
      isKillDue = true;
    },
  };
}

/** Every result that a terminal ever told of a command, also those that never arrived. */
function listenForOutcomes(proxy: HostileProxy): Map<string, Set<string>> {
  const told = new Map<string, Set<string>>();
  proxy.onPublish((topic, payload) => {
    if (parseTopic(topic)?.channel !== 'outcome') return;
    const parsed = parsePayload('outcome', payload);
    if (!parsed.ok) throw new Error(`terminal sent a malformed outcome: ${parsed.fault}`);
    const results = told.get(parsed.message.commandId) ?? new Set();
    told.set(parsed.message.commandId, results.add(`${parsed.message.id} ${parsed.message.result}`));
  });
  return told;
}

/** Creates this many commands over about a second, as the `api` role does in a process of its own. */
async function createCommands(world: LinkWorld, terminals: TestTerminal[], count: number): Promise<void> {
  const perWave = 20;
  for (let created = 0; created < count; created += perWave) {
    await world.db.transaction().execute(async (trx) => {
      for (let index = created; index < created + perWave; index++) {
        const terminalId = terminals[index % terminals.length]?.id;
        if (!terminalId) throw new Error('no terminal');
        const request = { kind: 'ping' as const };
        const now = new Date();
        await createCommand(trx, { orgId: world.orgId, terminalId, request, withinMs: 110_000, now });
      }
    });
    await sleep(100);
  }
}

test('1,000 commands end with exactly one outcome each, and each is acted on at most once', {
  timeout: 90_000,
}, async () => {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await createLinkWorld());
  const terminals: TestTerminal[] = [];
  for (let index = 0; index < terminalCount; index++) terminals.push(await world.addTerminal());
  const fleet = startFleet(world, stack);
  await eventually('fleet', 20_000, fleet.port, (port) => port !== 0);
  const proxy = stack.use(
    await startHostileProxy({
      server: world.server,
      caPem: world.authority.caPem,
      identityOf: (name) => terminals.find((terminal) => terminal.id === name),
      brokerPort: fleet.port,
      hostility: { drop: 0.12, double: 0.1, delay: 0.2, delayAtMostMs: 120 },
      random: Math.random,
    }),
  );
  const told = listenForOutcomes(proxy);
  const agents = terminals.map((terminal) => startTerminal(world, terminal, proxy.port, stack));

  let killsAtPuback = 0;
  let isKillDue = false;
  proxy.onPuback((channel) => {
    if (!isKillDue || channel !== 'outcome') return;
    isKillDue = false;
    killsAtPuback += 1;
    fleet.kill();
  });
  for (let round = 0; round < troubleRounds; round++) {
    const leads = fleet.leads();
    const creating = createCommands(world, terminals, commandCount / troubleRounds);
    if (round % 3 === 2) fleet.send('wipe');
    else isKillDue = true;
    agents[round % agents.length]?.killWhileActing();
    await creating;
    await eventually('fleet is back', 20_000, fleet.leads, (count) => count > leads);
  }
  const openCount = async () => {
    const row = await world.db
      .selectFrom('commands')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('isOpen', '=', 1)
      .executeTakeFirstOrThrow();
    return row.count;
  };
  await eventually('every command has its outcome', 30_000, openCount, (count) => count === 0);

  const outcomes = await world.db.selectFrom('commandOutcomes').selectAll().execute();
  const acted = (await Promise.all(terminals.map((terminal) => readActed(actedFileOf(world, terminal))))).flat();
  const actedOnce = new Set(acted);
  expect(outcomes).toHaveLength(commandCount);
  expect(acted).toHaveLength(actedOnce.size);
  for (const { commandId, result } of outcomes) {
    expect(['done', 'interrupted']).toContain(result);
    if (result === 'done') expect(actedOnce.has(commandId)).toBe(true);
    const results = [...(told.get(commandId) ?? [])];
    expect(results).toHaveLength(1);
    expect(results[0]?.split(' ')[1]).toBe(result);
  }
  // The faults did happen.
  const { dropped, doubled, delayed } = proxy.counts();
  expect(Math.min(dropped, doubled, delayed)).toBeGreaterThan(100);
  expect(killsAtPuback).toBe(4);
  expect(fleet.leads()).toBe(1 + troubleRounds);
  expect(outcomes.some(({ result }) => result === 'interrupted')).toBe(true);
  expect(agents.every((agent) => agent.lives() >= 2)).toBe(true);
});

async function readActed(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
}
