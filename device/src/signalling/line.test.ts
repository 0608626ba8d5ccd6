import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type ClientMessage, clientMessage, type ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import * as x509 from '@peculiar/x509';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createSignallingLine, type LineCredentials, type LineEvent } from './line.ts';
import { reconnectDelayMs } from './reconnect.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
x509.cryptoProvider.set(webcrypto);

async function makeCredentials() {
  const caKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ name: 'CN=Test CA', keys: caKeys, signingAlgorithm: algorithm },
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const issue = async (subject: string, extensions: x509.Extension[] = []) => {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await x509.X509CertificateGenerator.create({
      ...{ subject, issuer: ca.subject, publicKey: keys.publicKey, signingKey: caKeys.privateKey, extensions },
      signingAlgorithm: algorithm,
    });
    const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
    return { keyPem: key, certificatePem: certificate.toString('pem'), caPem: ca.toString('pem') };
  };
  const address = new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]);
  return { server: await issue('CN=fleet', [address]), terminal: await issue('CN=term_1') };
}

/** The fleet's end of the line: takes clients with a certificate of its CA, and does what the test says. */
async function startFleet({ refuseWith = null as number | null } = {}) {
  const { server: own, terminal } = await makeCredentials();
  const https = createServer({
    ...{ key: own.keyPem, cert: own.certificatePem, ca: own.caPem },
    ...{ requestCert: true, rejectUnauthorized: true },
  });
  const upgrades = new WebSocketServer({ noServer: true });
  const sockets: WebSocket[] = [];
  const received: ClientMessage[] = [];
  https.on('upgrade', (request, socket, head) => {
    if (refuseWith !== null) {
      socket.end(`HTTP/1.1 ${refuseWith} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    upgrades.handleUpgrade(request, socket, head, (opened) => {
      sockets.push(opened);
      opened.on('message', (raw) => {
        const message = clientMessage.parse(JSON.parse(raw.toString()));
        received.push(message);
        if (message.type === 'leave') opened.close(1000, 'left');
      });
    });
  });
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.terminate();
    https.close();
    https.closeAllConnections();
  });
  // A server that listens on TCP has an address with a port.
  const { port } = https.address() as AddressInfo;
  return {
    ...{ url: `wss://127.0.0.1:${port}/signal`, terminal, sockets, received },
    say: (message: ServerMessage) => sockets.at(-1)?.send(JSON.stringify(message)),
    sayText: (text: string) => sockets.at(-1)?.send(text),
  };
}

function openLine(credentials: LineCredentials | null) {
  const events: LineEvent[] = [];
  const line = createSignallingLine({
    ...{ credentials: () => credentials, clock: createSystemClock(), random: () => 0, log: pino({ level: 'silent' }) },
    onEvent: (event) => events.push(event),
  });
  onTestFinished(() => line[Symbol.asyncDispose]());
  const types = () => events.map(({ type }) => type).join(' ');
  return {
    line,
    events,
    types,
    waitFor: (expected: string) => vi.waitFor(() => expect(types()).toBe(expected), 4_000),
  };
}

test('a wanted line opens with the terminal’s certificate and carries messages both ways', async () => {
  const fleet = await startFleet();
  const { line, waitFor, events } = openLine(fleet.terminal);
  expect(line.connection()).toBeNull();
  line.want({ url: fleet.url, isHurried: false });
  await waitFor('opened');
  line.send({ type: 'resubscribe' });
  await vi.waitFor(() => expect(fleet.received).toEqual([{ type: 'resubscribe' }]));
  fleet.say({ type: 'republish' });
  await vi.waitFor(() => expect(events.at(-1)).toEqual({ type: 'message', message: { type: 'republish' } }));
});

test('a line that breaks is opened again at once, under another number', async () => {
  const fleet = await startFleet();
  const { line, waitFor } = openLine(fleet.terminal);
  line.want({ url: fleet.url, isHurried: true });
  await waitFor('opened');
  const first = line.connection();
  fleet.sockets[0]?.terminate();
  await waitFor('opened lost opened');
  expect(line.connection()).not.toBe(first);
});

test('a line that nobody wants any more is closed and stays closed', async () => {
  const fleet = await startFleet();
  const { line, waitFor, types } = openLine(fleet.terminal);
  line.want({ url: fleet.url, isHurried: false });
  await waitFor('opened');
  line.want(null);
  await vi.waitFor(() => expect(fleet.sockets[0]?.readyState).toBe(3));
  expect(types()).toBe('opened');
  expect(line.connection()).toBeNull();
});

test('hanging up says leave, waits for the goodbye, and opens the next line meanwhile', async () => {
  const fleet = await startFleet();
  const { line, waitFor } = openLine(fleet.terminal);
  line.want({ url: fleet.url, isHurried: true });
  await waitFor('opened');
  line.hangUp();
  await waitFor('opened opened');
  expect(fleet.received).toEqual([{ type: 'leave' }]);
  expect(fleet.sockets).toHaveLength(2);
});

test('a fleet that does not want the certificate is heard', async () => {
  const fleet = await startFleet({ refuseWith: 403 });
  const { line, events } = openLine(fleet.terminal);
  line.want({ url: fleet.url, isHurried: true });
  await vi.waitFor(() => expect(events[0]).toEqual({ type: 'refused', status: 403 }));
});

test('a fleet of another CA is not talked to', async () => {
  const fleet = await startFleet();
  const other = await startFleet();
  const { line, events } = openLine({ ...fleet.terminal, caPem: other.terminal.caPem });
  line.want({ url: fleet.url, isHurried: true });
  await vi.waitFor(() => expect(events[0]?.type).toBe('lost'));
  expect(line.connection()).toBeNull();
  expect(fleet.sockets).toHaveLength(0);
});

test('frames that nobody understands are passed over', async () => {
  const fleet = await startFleet();
  const { line, waitFor } = openLine(fleet.terminal);
  line.want({ url: fleet.url, isHurried: false });
  await waitFor('opened');
  for (const text of ['', '{', '[]', '{"type":"explode"}', '{"type":"bye","reason":"boredom"}']) fleet.sayText(text);
  fleet.say({ type: 'bye', reason: 'left' });
  await waitFor('opened message');
});

test('without a certificate there is no line', async () => {
  const fleet = await startFleet();
  const { line } = openLine(null);
  line.want({ url: fleet.url, isHurried: true });
  expect(line.connection()).toBeNull();
  expect(fleet.sockets).toHaveLength(0);
});

test.each<[number, boolean, number, number]>([
  [1, true, 0, 0],
  [2, true, 50, 100],
  [3, true, 100, 200],
  [9, true, 1_000, 2_000],
  [30, true, 1_000, 2_000],
  [30, false, 7_500, 15_000],
])('after %i failures the next try waits %s from %i to %i ms', (failures, isHurried, leastMs, mostMs) => {
  expect(reconnectDelayMs(failures, isHurried, () => 0)).toBe(leastMs);
  expect(reconnectDelayMs(failures, isHurried, () => 1)).toBe(mostMs);
});
