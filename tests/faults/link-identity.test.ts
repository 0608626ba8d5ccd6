import { connect } from 'node:tls';
import { newId } from '@anteroom/shared/ids.ts';
import { maxPayloadBytes } from '@anteroom/shared/protocol/channels.ts';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { createTestAuthority, type TestIdentity } from '../simulators/link-authority.ts';
import { type FleetSide, startFleetSide, startTerminalSide, type TerminalSide } from '../simulators/link-rig.ts';
import { createLinkWorld, type LinkWorld, type TestTerminal } from '../simulators/link-world.ts';

/** Who may do what on the broker. A terminal that does all as it should is connected throughout, and is never disturbed. */
let world: LinkWorld;
let fleet: FleetSide;
let victim: TestTerminal;
let offender: TestTerminal;
let undisturbed: TerminalSide;
const clients: MqttClient[] = [];

beforeAll(async () => {
  world = await createLinkWorld();
  victim = await world.addTerminal();
  offender = await world.addTerminal();
  fleet = await startFleetSide(world, { port: 0 });
  undisturbed = await startTerminalSide(world, victim, {
    port: fleet.port,
    execute: () => Promise.resolve({ result: 'done', detail: '' }),
  });
  await eventually(
    'victim online',
    5_000,
    () => undisturbed.link.status().state,
    (state) => state === 'online',
  );
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
  const states = undisturbed.statuses.map((status) => status.state);
  expect(states.slice(states.indexOf('online'))).toEqual(['online']);
});
afterAll(async () => {
  await undisturbed[Symbol.asyncDispose]();
  await fleet[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

function open(identity: TestIdentity | null, options: IClientOptions): MqttClient {
  const client = mqtt.connect(`mqtts://127.0.0.1:${fleet.port}`, {
    protocolVersion: 4,
    reconnectPeriod: 0,
    ca: world.authority.caPem,
    ...(identity ? { key: identity.keyPem, cert: identity.certificatePem } : {}),
    ...options,
  });
  clients.push(client);
  return client;
}

/** `granted`, or how the broker or TLS said no. */
function attempt(identity: TestIdentity | null, options: IClientOptions): Promise<string> {
  const client = open(identity, options);
  return new Promise((resolve) => {
    client.once('connect', () => resolve('granted'));
    client.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    client.once('close', () => resolve('closed'));
  });
}

async function connected(options: IClientOptions = {}): Promise<MqttClient> {
  const client = open(offender, { clientId: offender.id, ...options });
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed')));
  });
  return client;
}

/** Whether the broker ended the connection after this publish. */
async function isCutBy(topic: string, payload: string | Buffer, options: { qos: 0 | 1 | 2; retain?: boolean }) {
  const client = await connected();
  const closed = new Promise<boolean>((resolve) => client.once('close', () => resolve(true)));
  client.publish(topic, payload, options, () => undefined);
  // A message that is let through is counted, or at least confirmed, long before.
  const stays = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 400));
  return await Promise.race([closed, stays]);
}

const topicOf = (terminal: { id: string }, channel: string) => `anteroom/v1/t/${terminal.id}/${channel}`;
const hello = () =>
  JSON.stringify({
    v: 1,
    id: newId('message'),
    at: new Date().toISOString(),
    connectionId: newId('connection'),
    versions: { desired: null, reportedN: 0 },
    software: '0',
    profile: 'p',
    serial: 's',
  });

test('the terminal of a certificate is let in', async () => {
  expect(await attempt(offender, { clientId: offender.id })).toBe('granted');
  expect(await attempt(offender, { clientId: offender.id, username: offender.id })).toBe('granted');
});

test('no certificate, another CA or an ended certificate lets nobody in', async () => {
  const strangers = await createTestAuthority();
  const stranger = await strangers.issueTerminal(offender.id, { now: new Date(), days: 45 });
  const longAgo = new Date(Date.now() - 60 * 86_400_000);
  const ended = await world.authority.issueTerminal(offender.id, { now: longAgo, days: 45 });
  expect(await attempt(null, { clientId: offender.id })).not.toBe('granted');
  expect(await attempt(stranger, { clientId: offender.id })).not.toBe('granted');
  expect(await attempt(ended, { clientId: offender.id })).not.toBe('granted');
});

test('a certificate of our CA that the registry does not know, or knows as revoked, is not authorized', async () => {
  const unknown = await world.authority.issueTerminal(offender.id, { now: new Date(), days: 45 });
  expect(await attempt(unknown, { clientId: offender.id })).toBe('5');
  const revoked = await world.addTerminal();
  await world.revoke(revoked.thumbprint);
  expect(await attempt(revoked, { clientId: revoked.id })).toBe('5');
});

test('a certificate whose common name is no terminal id lets nobody in', async () => {
  expect(await attempt(world.server, { clientId: offender.id })).not.toBe('granted');
});

test.each([
  ['another terminal’s client id', () => ({ clientId: victim.id }), '2'],
  ['any other client id', () => ({ clientId: 'panel' }), '2'],
  ['an empty client id', () => ({ clientId: '', clean: true }), '2'],
  ['an empty client id without a clean session', () => ({ clientId: '', clean: false }), '2'],
  ['another terminal’s user name', () => ({ clientId: offender.id, username: victim.id }), '4'],
  ['a will on another terminal’s topic', () => withWill(topicOf(victim, 'gone'), false), '5'],
  ['a will on another topic of its own', () => withWill(topicOf(offender, 'outcome'), false), '5'],
  ['a retained will', () => withWill(topicOf(offender, 'gone'), true), '5'],
])('%s is refused, and evicts nobody', async (_what, options, code) => {
  // mqtt.js does not send an empty id.
  const wanted = options();
  const answer = wanted.clientId === '' ? await attemptWithoutId(wanted) : await attempt(offender, wanted);
  expect(answer).toBe(code);
});

function withWill(topic: string, retain: boolean): IClientOptions {
  return { clientId: offender.id, will: { topic, payload: Buffer.from('{}'), qos: 1, retain } };
}

/** CONNECT with an empty client id (MQTT 3.1.1, 3.1), written by hand; answers with the return code of CONNACK. */
async function attemptWithoutId({ clean }: IClientOptions): Promise<string> {
  const socket = connect({
    host: '127.0.0.1',
    port: fleet.port,
    key: offender.keyPem,
    cert: offender.certificatePem,
    ca: world.authority.caPem,
  });
  socket.write(Buffer.from([0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, clean ? 2 : 0, 0, 60, 0, 0]));
  const answer = await new Promise<string>((resolve) => {
    socket.once('data', (connack) => resolve(String(connack[3])));
    socket.once('close', () => resolve('closed'));
    socket.once('error', () => resolve('closed'));
  });
  socket.destroy();
  return answer;
}

test.each([
  ['another terminal’s up-topic', () => topicOf(victim, 'hello')],
  ['another terminal’s down-topic', () => topicOf(victim, 'command')],
  ['an own down-topic', () => topicOf(offender, 'command')],
  ['an unknown channel', () => topicOf(offender, 'anything')],
  ['a topic of the broker', () => '$SYS/anything'],
  ['a topic elsewhere', () => 'elsewhere'],
])('a message to %s is refused and its sender cut off', async (_what, topic) => {
  const before = fleet.link.counters().received;
  expect(await isCutBy(topic(), hello(), { qos: 1 })).toBe(true);
  const after = fleet.link.counters().received;
  expect({ ...after, heartbeat: 0, gone: 0 }).toEqual({ ...before, heartbeat: 0, gone: 0 });
});

test('a retained message, quality of service 2 and an oversized packet cut their sender off', async () => {
  const topic = topicOf(offender, 'hello');
  expect(await isCutBy(topic, hello(), { qos: 1 })).toBe(false);
  expect(await isCutBy(topic, hello(), { qos: 1, retain: true })).toBe(true);
  expect(await isCutBy(topic, hello(), { qos: 2 })).toBe(true);
  expect(await isCutBy(topic, Buffer.alloc(maxPayloadBytes + 2_048), { qos: 1 })).toBe(true);
});

test('a packet of 200 MB is refused by its header, before it arrives', async () => {
  const client = await connected();
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  const before = process.memoryUsage().rss;
  client.stream.write(Buffer.from([0x32, 0x80, 0x84, 0xaf, 0x5f]));
  await closed;
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
});

test.each([
  ['its own down-topic', () => topicOf(offender, 'command'), 1],
  ['another terminal’s down-topic', () => topicOf(victim, 'command'), 128],
  ['an own up-topic', () => topicOf(offender, 'hello'), 128],
  ['all terminals', () => 'anteroom/v1/t/+/command', 128],
  ['everything', () => '#', 128],
  ['a part of its own', () => `anteroom/v1/t/${offender.id}/+`, 128],
  ['a shared subscription', () => `$share/all/${topicOf(offender, 'command')}`, 128],
  ['the broker', () => '$SYS/#', 128],
])('a subscription to %s is answered', async (_what, filter, granted) => {
  const client = await connected();
  const answer = await new Promise((resolve) => {
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'suback') resolve(packet.granted[0]);
    });
    client.subscribe(filter(), { qos: 1 }, () => undefined);
  });
  expect(answer).toBe(granted);
});

test('a session does not outlive its connection', async () => {
  const first = await connected({ clean: false });
  await first.subscribeAsync(topicOf(offender, 'command'), { qos: 1 });
  await first.endAsync(true);
  const second = open(offender, { clientId: offender.id, clean: false });
  const connack = await new Promise<{ sessionPresent: boolean }>((resolve) =>
    second.once('connect', (packet) => resolve(packet)),
  );
  expect(connack.sessionPresent).toBe(false);
});

test('a revoked terminal is cut off at once and nothing of it is read any more', async () => {
  const revoked = await world.addTerminal();
  const client = open(revoked, { clientId: revoked.id });
  await new Promise((resolve) => client.once('connect', resolve));
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  await world.revoke(revoked.thumbprint);
  const before = fleet.link.counters().received.event;
  fleet.link.disconnectCertificate(revoked.thumbprint);
  client.publish(topicOf(revoked, 'event'), '{}', { qos: 1 }, () => undefined);
  await closed;
  expect(fleet.link.counters().received.event).toBe(before);
  expect(await attempt(revoked, { clientId: revoked.id })).toBe('5');
});
