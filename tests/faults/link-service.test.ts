import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import { newId } from '@anteroom/shared/ids.ts';
import type { CommandRequest } from '@anteroom/shared/protocol/commands.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReportedContent } from '../../device/src/link/link.ts';
import { createCommand, getCommand, listCommands } from '../../fleet/src/link/commands.ts';
import { type DesiredContent, getDesired, putDesired } from '../../fleet/src/link/desired.ts';
import { markDisconnect } from '../../fleet/src/link/markers.ts';
import { listEvents, listPresence, listReported } from '../../fleet/src/link/terminal-state.ts';
import { eventually } from '../harness/eventually.ts';
import { type FleetSide, startFleetSide, startTerminalSide } from '../simulators/link-rig.ts';
import { createLinkWorld, type LinkWorld, type TestTerminal } from '../simulators/link-world.ts';

let world: LinkWorld;
let fleet: FleetSide;
let terminal: TestTerminal;

beforeEach(async () => {
  world = await createLinkWorld();
  terminal = await world.addTerminal();
  fleet = await startFleetSide(world, { port: 0 });
});
afterEach(async () => {
  await fleet[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

function contentFor(terminalId: TerminalId, name: string): DesiredContent {
  return {
    terminal: { id: terminalId, name },
    organization: { id: world.orgId, name: 'Test' },
    space: null,
    room: null,
    settings: {
      language: 'en',
      isMicrophoneOnAtJoin: true,
      isCameraOnAtJoin: true,
      volumePercent: 60,
      answersAutomatically: false,
      doNotDisturb: false,
      onHostUnmute: 'ask',
      onRemoteStart: 'closed',
    },
    meetings: [],
    signallingUrl: 'wss://127.0.0.1:8443/signalling/v1',
  };
}

const put = (name: string, epoch = 1) =>
  putDesired(world.db, {
    terminalId: terminal.id,
    content: contentFor(terminal.id, name),
    epoch,
    now: new Date(),
  });

const command = (request: CommandRequest, withinMs = 30_000) =>
  createCommand(world.db, { orgId: world.orgId, terminalId: terminal.id, request, withinMs, now: new Date() });

const outcomeOf = (id: Awaited<ReturnType<typeof command>>['id']) =>
  getCommand(world.db, { orgId: world.orgId, commandId: id });

const isOnline = async () => {
  const presence = await listPresence(world.db, {
    terminalIds: [terminal.id],
    now: new Date(),
    heartbeatEveryMs: 500,
  });
  return presence.get(terminal.id)?.isOnline ?? false;
};

const report = (overrides: Partial<ReportedContent>): ReportedContent => ({
  converged: null,
  spaceId: null,
  roomId: null,
  settings: null,
  software: '0.1.0',
  profile: 'simulated',
  serial: 'S1',
  meeting: null,
  peripherals: [],
  shortfalls: [],
  ...overrides,
});

const doNothing = () => Promise.resolve({ result: 'done' as const, detail: '' });

test('what is desired reaches the terminal, newest last, and survives its restart without the fleet', async () => {
  await put('First');
  {
    await using side = await startTerminalSide(world, terminal, { port: fleet.port, execute: doNothing });
    await eventually(
      'first document',
      5_000,
      () => side.link.desired()?.terminal.name,
      (name) => name === 'First',
    );
    await put('Second');
    await eventually(
      'second document',
      2_000,
      () => side.link.desired()?.terminal.name,
      (name) => name === 'Second',
    );
    expect(side.documents.map((document) => document.version.n)).toEqual([1, 2]);
    await eventually(
      'held version',
      3_000,
      () => isOnline(),
      (online) => online,
    );
  }
  await fleet.link[Symbol.asyncDispose]();
  await using alone = await startTerminalSide(world, terminal, { port: fleet.port, execute: doNothing });
  expect(alone.link.desired()?.terminal.name).toBe('Second');
});

test('a document equal to the stored one gets no new version', async () => {
  expect(await put('Same')).toEqual({ version: { epoch: 1, n: 1 }, isChanged: true });
  expect(await put('Same')).toEqual({ version: { epoch: 1, n: 1 }, isChanged: false });
  expect(await put('Same', 2)).toEqual({ version: { epoch: 2, n: 2 }, isChanged: true });
});

test('a database that was restored from a backup still reaches a terminal that holds more', async () => {
  for (const name of ['1', '2', '3']) await put(name);
  await using side = await startTerminalSide(world, terminal, { port: fleet.port, execute: doNothing });
  await eventually(
    'third document',
    5_000,
    () => side.link.desired()?.version.n,
    (n) => n === 3,
  );
  await world.db
    .updateTable('desiredDocuments')
    .set({ n: 1, document: JSON.stringify(contentFor(terminal.id, '1')) })
    .execute();
  await eventually(
    'restored document',
    5_000,
    () => side.link.desired()?.terminal.name,
    (name) => name === '1',
  );
  expect((await getDesired(world.db, terminal.id))?.version).toEqual({ epoch: 2, n: 1 });
});

test('reports and events are stored, and come again after they were made offline', async () => {
  await using side = await startTerminalSide(world, terminal, { port: fleet.port, execute: doNothing });
  await side.link.report(report({ software: '0.1.0' }));
  await side.link.publishEvent('agentStarted', { reason: 'test' });
  const stored = async () => (await listReported(world.db, [terminal.id])).get(terminal.id)?.document;
  await eventually('report', 5_000, stored, (document) => document?.software === '0.1.0');
  const { port } = fleet;
  await fleet.link[Symbol.asyncDispose]();
  await side.link.report(report({ software: '0.2.0' }));
  await side.link.publishEvent('left', { after: 12 });
  fleet = await startFleetSide(world, { port });
  await eventually('report made offline', 5_000, stored, (document) => document?.software === '0.2.0');
  const events = () => listEvents(world.db, { orgId: world.orgId, terminalId: terminal.id, before: null, limit: 10 });
  await eventually('both events', 5_000, events, (list) => list.length === 2);
  expect((await events()).map((event) => event.kind)).toEqual(['left', 'agentStarted']);
});

test('a terminal that lost its disk reports anew although the fleet holds a higher number', async () => {
  const stored = async () => (await listReported(world.db, [terminal.id])).get(terminal.id)?.document;
  await world.db
    .insertInto('reportedDocuments')
    .values({
      terminalId: terminal.id,
      n: 41,
      document: JSON.stringify({ ...report({}), n: 41 }),
      receivedAt: new Date().toISOString(),
    })
    .execute();
  await using side = await startTerminalSide(world, terminal, { port: fleet.port, execute: doNothing });
  await side.link.report(report({ software: '9.9.9' }));
  const document = await eventually('new report', 5_000, stored, (found) => found?.software === '9.9.9');
  expect(document?.n).toBeGreaterThan(41);
});

test('commands get what the terminal made of them as their one outcome', async () => {
  await using _side = await startTerminalSide(world, terminal, {
    port: fleet.port,
    execute: (request) => {
      if (request.kind === 'mute') return Promise.reject(new Error('the microphone does not answer'));
      if (request.kind === 'leave') return Promise.resolve({ result: 'refused', detail: 'There is no meeting.' });
      return doNothing();
    },
  });
  const ids = [await command({ kind: 'ping' }), await command({ kind: 'mute' }), await command({ kind: 'leave' })];
  const all = () => listCommands(world.db, { orgId: world.orgId, terminalId: terminal.id, before: null, limit: 10 });
  const ended = await eventually('three outcomes', 5_000, all, (list) => list.every((item) => item.result !== null));
  const outcomes = new Map(ended.map(({ id, result, detail }) => [id, [result, detail]]));
  expect(ids.map(({ id }) => outcomes.get(id))).toEqual([
    ['done', ''],
    ['failed', 'the microphone does not answer'],
    ['refused', 'There is no meeting.'],
  ]);
  for (const { id } of ids)
    expect(fleet.changes).toContainEqual({ kind: 'command', terminalId: terminal.id, commandId: id });
});

test('a command for an absent terminal is delivered when it comes, and expires 60 s past its deadline when it does not', async () => {
  const waiting = await command({ kind: 'ping' });
  const late = await command({ kind: 'ping' }, 1_000);
  const long = await command({ kind: 'ping' });
  const pastDeadline = (ms: number) => new Date(Date.now() - ms).toISOString();
  await world.db
    .updateTable('commands')
    .set({ deadlineAt: pastDeadline(58_000) })
    .where('id', '=', late.id)
    .execute();
  await world.db
    .updateTable('commands')
    .set({ deadlineAt: pastDeadline(61_000) })
    .where('id', '=', long.id)
    .execute();
  await eventually(
    'expiry',
    4_000,
    () => outcomeOf(long.id),
    (found) => found?.result === 'expired',
  );
  expect((await outcomeOf(late.id))?.result).toBeNull();
  const ran: string[] = [];
  await using _side = await startTerminalSide(world, terminal, {
    port: fleet.port,
    execute: (_request, { commandId }) => {
      ran.push(commandId);
      return doNothing();
    },
  });
  await eventually(
    'delivery',
    5_000,
    () => outcomeOf(waiting.id),
    (found) => found?.result === 'done',
  );
  await eventually(
    'expiry of the other',
    4_000,
    () => outcomeOf(late.id),
    (found) => found?.result === 'expired',
  );
  expect(ran).toEqual([waiting.id]);
});

test('presence follows goodbye, silence and return', async () => {
  const side = await startTerminalSide(world, terminal, { port: fleet.port, execute: doNothing });
  await eventually('online', 5_000, isOnline, (online) => online);
  await side[Symbol.asyncDispose]();
  await eventually('offline at once', 1_000, isOnline, (online) => !online);
  expect(fleet.changes.filter((change) => change.kind === 'presence').map((change) => change.isOnline)).toEqual([
    true,
    false,
  ]);
});

test('a revocation by another process ends the session at once, and the terminal is refused from then on', async () => {
  await using side = await startTerminalSide(world, terminal, { port: fleet.port, execute: doNothing });
  await eventually(
    'online',
    5_000,
    () => side.link.status().state,
    (state) => state === 'online',
  );
  await world.revoke(terminal.thumbprint);
  await markDisconnect(world.db, terminal.id, terminal.thumbprint);
  await eventually(
    'disconnected',
    300,
    () => side.link.status().state,
    (state) => state !== 'online',
  );
  await eventually(
    'refused',
    3_000,
    () => side.link.status(),
    (status) => status.state === 'offline' && status.isRefused,
  );
  await eventually('shown as offline', 500, isOnline, (online) => !online);
});

test('the terminal is back soon after the broker returns', async () => {
  await using side = await startTerminalSide(world, terminal, {
    port: fleet.port,
    execute: doNothing,
    timing: { reconnectFirstMs: 200, reconnectAtMostMs: 2_500 },
  });
  await eventually(
    'online',
    5_000,
    () => side.link.status().state,
    (state) => state === 'online',
  );
  const { port } = fleet;
  await fleet.link[Symbol.asyncDispose]();
  await eventually(
    'offline',
    2_000,
    () => side.link.status().state,
    (state) => state === 'offline',
  );
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  fleet = await startFleetSide(world, { port });
  await eventually(
    'online again',
    4_000,
    () => side.link.status().state,
    (state) => state === 'online',
  );
});

test('malformed messages are counted, logged once per kind and terminal, and harm nothing', async () => {
  const mqtt = await import('mqtt');
  const client = await mqtt.connectAsync(`mqtts://127.0.0.1:${fleet.port}`, {
    protocolVersion: 4,
    clientId: terminal.id,
    key: terminal.keyPem,
    cert: terminal.certificatePem,
    ca: world.authority.caPem,
    reconnectPeriod: 0,
  });
  const topic = (channel: string) => `anteroom/v1/t/${terminal.id}/${channel}`;
  const wrongType = JSON.stringify({ v: 1, id: newId('message'), at: 'yesterday', commandId: 7 });
  for (let round = 0; round < 5; round++) {
    await client.publishAsync(topic('hello'), '{', { qos: 1 });
    await client.publishAsync(topic('hello'), Buffer.from([0xff, 0xfe]), { qos: 1 });
    await client.publishAsync(topic('outcome'), wrongType, { qos: 1 });
    await client.publishAsync(topic('event'), 'null', { qos: 1 });
  }
  await eventually(
    'all counted',
    2_000,
    () => fleet.link.counters().dropped.malformed,
    (count) => count === 20,
  );
  expect(fleet.lines.filter((line) => String(line.msg).startsWith('malformed message'))).toHaveLength(3);
  expect(client.connected).toBe(true);
  await client.endAsync();
});

test('a port that is in use is told to whoever waits for the link', async () => {
  const { port } = fleet;
  const own = await createLinkWorld();
  await expect(startFleetSide(own, { port })).rejects.toThrow('EADDRINUSE');
  await own[Symbol.asyncDispose]();
});

test('a second link process waits, and serves the terminals when the first is gone', async () => {
  const settings = {
    databaseFile: world.databaseFile,
    port: 0,
    keyPem: world.server.keyPem,
    certificatePem: world.server.certificatePem,
    caPem: world.authority.caPem,
  };
  const script = join(import.meta.dirname, '../simulators/link-fleet-process.ts');
  const standby = fork(script, [JSON.stringify(settings)], { execPath: process.execPath });
  const exited = new Promise((resolve) => standby.once('exit', resolve));
  const leads: unknown[] = [];
  standby.on('message', (message) => leads.push(message));
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(leads).toEqual([]);
  await fleet.link[Symbol.asyncDispose]();
  await eventually(
    'standby leads',
    3_000,
    () => leads.length,
    (count) => count === 1,
  );
  standby.kill('SIGKILL');
  await exited;
});
