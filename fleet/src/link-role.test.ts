import { ringRoutes } from '@anteroom/shared/api/rings.ts';
import { newId, terminalId } from '@anteroom/shared/ids.ts';
import { downTopics, parsePayload, parseTopic, topicOf } from '@anteroom/shared/protocol/channels.ts';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Organization, startTestFleet, type TestFleet } from './testing/test-fleet.ts';

/** Nobody moves the clock here: whatever waits for a poll never happens. */
let test: TestFleet;
let org: Organization;
let client: MqttClient;
let id: string;
const received: string[] = [];

beforeAll(async () => {
  test = await startTestFleet({ args: ['--roles', 'api,link'] });
  org = await test.createOrganization('Own');
  const terminal = await test.pairTerminal(org.administrator, { name: 'One' });
  id = terminal.id;
  const own = terminalId.parse(id);
  client = await mqtt.connectAsync(test.fleet.ready.mqttUrl ?? '', {
    ...{ protocolVersion: 4, reconnectPeriod: 0, clientId: id },
    ...{ ca: test.fleet.authority.caPem, key: terminal.key.keyPem, cert: terminal.certificate },
  });
  client.on('message', (topic, payload) => received.push(describe(topic, payload)));
  await client.subscribeAsync(downTopics(own), { qos: 1 });
  const hello = {
    ...{ v: 1, id: newId('message'), at: new Date().toISOString(), connectionId: newId('connection') },
    ...{ versions: { desired: null, reportedN: 0 }, software: '0', profile: 'simulated', serial: 'SN-1' },
  };
  await client.publishAsync(topicOf(own, 'hello'), JSON.stringify(hello), { qos: 1 });
  await vi.waitFor(() => expect(received).toEqual(['welcome', 'desired One']));
});
afterAll(async () => {
  await client.endAsync(true);
  await test[Symbol.asyncDispose]();
});

function describe(topic: string, payload: Buffer): string {
  const channel = parseTopic(topic)?.channel ?? topic;
  if (channel !== 'desired') return channel;
  const desired = parsePayload(channel, payload);
  return desired.ok ? `desired ${desired.message.document.terminal.name}` : desired.fault;
}

it('brings a change to its terminal without waiting for the poll', async () => {
  await test.expectOk(org.administrator, 'PATCH', `/terminals/${id}`, { name: 'First' });
  await vi.waitFor(() => expect(received.at(-1)).toBe('desired First'));
  const body = { request: { kind: 'ping' }, withinS: 30 };
  await test.expectOk(org.administrator, 'POST', `/terminals/${id}/commands`, body);
  await vi.waitFor(() => expect(received.at(-1)).toBe('command'));
});

it('brings what a terminal tells of its ring to whoever called', async () => {
  const { administrator } = org;
  const roomId = await test.createRoom(administrator, 'Atlas');
  const own = terminalId.parse(id);
  const meeting = await test.createMeeting(administrator, roomId, {
    attendees: [{ kind: 'terminal', terminalId: own }],
  });
  const rings = `/meetings/${meeting.id}/rings`;
  const { items } = ringRoutes.listOfMeeting.success.body.parse(await test.expectOk(administrator, 'GET', rings));
  const event = {
    ...{ v: 2, id: newId('message'), at: new Date().toISOString(), kind: 'ringDeclined' },
    detail: { meetingId: meeting.id, ringUntil: items[0]?.ringUntil },
  };
  await client.publishAsync(topicOf(own, 'event'), JSON.stringify(event), { qos: 1 });
  await vi.waitFor(async () =>
    expect(await test.expectOk(administrator, 'GET', rings)).toMatchObject({
      items: [{ name: 'First', state: 'declined' }],
    }),
  );
});

it('ends the session of a revoked terminal without waiting for the poll', async () => {
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  await test.expectOk(org.administrator, 'POST', `/terminals/${id}/revoke`);
  await closed;
});
