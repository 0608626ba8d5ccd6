import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { channelNames, downTopics, topicOf } from '@anteroom/shared/protocol/channels.ts';
import { pairingStatusResponse, startPairingResponse } from '@anteroom/shared/protocol/enrolment.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificateRequest } from '../../device/src/enrolment/certificate-request.ts';
import { createIdentity, type Enrolment, privateKeyOf, storedIdentity } from '../../device/src/enrolment/identity.ts';
import { createHttpsClient, type HttpsClient } from '../../fleet/src/testing/https-call.ts';
import { claimTerminal, type FleetApi, waitForPanel } from '../../scripts/lib/demonstration.ts';
import { connectionsOf } from '../harness/connections.ts';
import { eventually } from '../harness/eventually.ts';
import {
  connectAs,
  type Doors,
  keepHttpsOpen,
  openSignalling,
  publishTo,
  sayToBroker,
  subscribeTo,
} from '../harness/raw-terminal.ts';
import { type Rig, type RigTerminal, startRig } from '../harness/rig.ts';
import { meetingOnPanel, panelCall, touch } from '../harness/room.ts';

const atOnceMs = 1_000;

type Identity = Enrolment & { keyPem: string };

const requestFor = (keyPem: string) =>
  createCertificateRequest({ privateKey: privateKeyOf({ keyPem, enrolment: null }), name: 'SN-3' });

/** Two real terminals are in a meeting; one is revoked, and somebody has a copy of its key and certificate. */
describe('a revoked terminal', () => {
  const stack = new AsyncDisposableStack();
  let rig: Rig;
  let api: FleetApi;
  let doors: Doors;
  let doomed: RigTerminal & { id: TerminalId };
  let far: RigTerminal & { id: TerminalId };
  let firstCode: string;
  let stolen: Identity;
  /** Opened with the stolen key while it was good. */
  let stolenHttps: HttpsClient;
  let farLink: PanelState['link'];

  const panel = (of: RigTerminal, accept: (state: PanelState) => boolean, withinMs: number) =>
    waitForPanel(of.panelUrl(), accept, { signal: AbortSignal.timeout(withinMs) });
  const codeOn = ({ binding }: PanelState) => (binding.state === 'pairing' ? binding.code : '');
  const names = ({ call }: PanelState) => (call.state === 'in' ? call.roster.map(({ name }) => name) : []);

  beforeAll(async () => {
    rig = stack.use(await startRig());
    api = await rig.api();
    const [one, two] = await Promise.all(['doomed', 'far'].map((name) => rig.startTerminal(name, ['--no-media'])));
    if (!one || !two) throw new Error('unreachable: two terminals were started');
    firstCode = codeOn(await panel(one, (state) => codeOn(state) !== '', 20_000));
    const claim = (terminal: RigTerminal) =>
      claimTerminal(api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
    doomed = { ...one, id: await claim(one) };
    far = { ...two, id: await claim(two) };
    stolen = await copyIdentity('doomed');
    const { terminalUrl, caFile } = rig.fleet.ready();
    doors = { mqttUrl: stolen.mqttUrl, terminalUrl, caPem: await readFile(caFile, 'utf8') };
    stolenHttps = stack.use(httpsAs(stolen));

    const meeting = await meetingOnPanel(rig, doomed.panelUrl());
    await meetingOnPanel(rig, far.panelUrl());
    for (const { panelUrl } of [doomed, far]) await touch(panelUrl(), { kind: 'join', meetingId: meeting.id });
    await panelCall(doomed.panelUrl(), 'in', 20_000);
    farLink = (await panel(far, (state) => names(state).length === 2, 20_000)).link;
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 60_000);

  async function copyIdentity(folder: string): Promise<Identity> {
    const file = await readFile(join(rig.dataDir, folder, 'identity.json'), 'utf8');
    const { keyPem, enrolment } = storedIdentity.parse(JSON.parse(file));
    if (!enrolment) throw new Error(`${folder} is not enrolled`);
    return { ...enrolment, keyPem };
  }

  const httpsAs = (identity?: Identity) =>
    createHttpsClient({
      ...{ url: rig.fleet.ready().terminalUrl, ca: doors.caPem },
      ...(identity ? { identity: { keyPem: identity.keyPem, certificate: identity.certificatePem } } : {}),
    });

  /** Messages that the fleet took from any terminal, by channel; without those that a living terminal says by itself. */
  async function received(): Promise<string[]> {
    const text = await (await fetch(`${rig.fleet.ready().httpUrl}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith('anteroom_link_messages_received_total{'));
    expect(lines).toHaveLength(channelNames('up').length);
    return lines.filter((line) => /"(hello|outcome)"/.test(line));
  }

  /** The far terminal has been online, and in its meeting, all the time. */
  async function expectFarUndisturbed(): Promise<void> {
    const { link, call } = await panel(far, () => true, 2_000);
    expect([link, call.state]).toEqual([farLink, 'in']);
    expect((await api.call(terminalRoutes.get, { params: { terminalId: far.id } })).isOnline).toBe(true);
  }

  test('is cut off everywhere at once, is seen to leave, and asks to be paired anew', async () => {
    expect((await stolenHttps.call('GET', '/terminal/v1/identity')).body).toMatchObject({ terminalId: doomed.id });
    const copies = await Promise.all([keepHttpsOpen(doors, stolen), openSignalling(doors, stolen)]);
    const pid = doomed.process.pid();
    if (pid === undefined) throw new Error('the terminal runs');
    const fleetPorts = [doors.mqttUrl, doors.terminalUrl].map((url) => Number(new URL(url).port));
    const toFleet = async () => (await connectionsOf(pid)).filter(({ remotePort }) => fleetPorts.includes(remotePort));
    const before = await toFleet();
    expect(new Set(before.map(({ remotePort }) => remotePort))).toEqual(new Set(fleetPorts));
    const inodes = before.map(({ inode }) => inode);

    const revokedAtMs = performance.now();
    const sinceMs = () => Math.round(performance.now() - revokedAtMs);
    const isGone = async () => !(await toFleet()).some(({ inode }) => inodes.includes(inode));
    const waits = {
      itsConnections: eventually('its connections', 5_000, isGone, Boolean),
      copies: Promise.all(copies.map(({ end }) => end)),
      farSeesItLeave: panel(far, (state) => names(state).length === 1, 5_000),
    };
    const took = Promise.all(
      Object.entries(waits).map(async ([what, wait]) => [what, await wait.then(sinceMs)] as const),
    );
    await api.call(terminalRoutes.revoke, { params: { terminalId: doomed.id } });
    for (const [what, tookMs] of await took) expect(tookMs, what).toBeLessThanOrEqual(atOnceMs);

    const again = codeOn(await panel(doomed, (state) => codeOn(state) !== '', 20_000));
    expect(again).not.toBe(firstCode);
    await expectFarUndisturbed();
  }, 60_000);

  test('has a key and a certificate that open nothing any more', async () => {
    const before = await received();
    for (const id of [doomed.id, far.id]) {
      const packets = [connectAs(id), subscribeTo(topicOf(id, 'command')), publishTo(topicOf(id, 'outcome'))];
      const [first, ...rest] = await sayToBroker(doors, stolen, packets);
      expect([first, rest]).toEqual([id === doomed.id ? 'connack 5' : 'connack 2', ['closed']]);
    }
    expect(await received()).toEqual(before);
    await expect(openSignalling(doors, stolen)).rejects.toThrow('403');

    using fresh = httpsAs(stolen);
    for (const client of [stolenHttps, fresh])
      expect(await client.call('GET', '/terminal/v1/identity')).toMatchObject({
        ...{ status: 403, body: { code: 'certificate_revoked' } },
      });
    // With proof of the key, as the terminal itself would renew.
    const csr = requestFor(stolen.keyPem);
    const renewal = await fresh.call('POST', '/enrol/v1/renewals', { certificate: stolen.certificatePem, csr });
    expect(renewal).toMatchObject({ status: 403, body: { code: 'certificate_revoked' } });
    await expectFarUndisturbed();
  }, 30_000);

  test('nobody without a certificate comes in', async () => {
    const before = await received();
    const packets = [connectAs(far.id), subscribeTo(topicOf(far.id, 'command')), publishTo(topicOf(far.id, 'hello'))];
    expect(await sayToBroker(doors, null, packets)).toEqual(['closed']);
    expect(await received()).toEqual(before);
    await expect(openSignalling(doors, null)).rejects.toThrow('401');
    using client = httpsAs();
    expect((await client.call('GET', '/terminal/v1/identity')).body).toMatchObject({ code: 'certificate_required' });
    await expectFarUndisturbed();
  }, 30_000);

  test('a terminal cannot pass as another one', async () => {
    const { id, identity } = await enrolByHand();
    const before = await received();
    expect(await sayToBroker(doors, identity, [connectAs(far.id)])).toEqual(['connack 2', 'closed']);
    const refused = downTopics(far.id).map(subscribeTo);
    const granted = await sayToBroker(doors, identity, [connectAs(id), ...refused]);
    expect(granted).toEqual(['connack 0', ...refused.map(() => 'suback 128')]);
    for (const channel of channelNames('up'))
      expect(await sayToBroker(doors, identity, [connectAs(id), publishTo(topicOf(far.id, channel))])).toEqual([
        ...['connack 0', 'closed'],
      ]);
    expect(await received()).toEqual(before);
    await expectFarUndisturbed();
  }, 30_000);

  /** A third terminal that is nothing but its key and its certificate. */
  async function enrolByHand(): Promise<{ id: TerminalId; identity: Identity }> {
    using client = httpsAs();
    const { keyPem } = createIdentity();
    const request = { csr: requestFor(keyPem), serial: 'SN-3', profile: 'simulated', software: '0.1.0' };
    const started = startPairingResponse.parse((await client.call('POST', '/enrol/v1/pairings', request)).body);
    await api.call(terminalRoutes.claim, {
      body: { code: started.code, name: 'By hand', spaceId: null, roomId: null },
    });
    const answer = await client.call('GET', `/enrol/v1/pairings/${started.pairingId}`);
    const status = pairingStatusResponse.parse(answer.body);
    if (status.status !== 'claimed') throw new Error(`the pairing is ${status.status}`);
    const { terminalId, certificate: certificatePem, mqttUrl } = status;
    return { id: terminalId, identity: { terminalId, certificatePem, mqttUrl, keyPem } };
  }
});
