import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { generate, type Packet, parser } from 'mqtt-packet';
import { WebSocket } from 'ws';

/** What a stranger may have in hands; null is a stranger without a certificate. */
export type Credentials = { keyPem: string; certificatePem: string } | null;

/** Where a terminal's doors are, and the CA that vouches for them. */
export type Doors = { mqttUrl: string; terminalUrl: string; caPem: string };

const tlsOptions = (doors: Doors, credentials: Credentials) => ({
  ca: doors.caPem,
  ...(credentials ? { key: credentials.keyPem, cert: credentials.certificatePem } : {}),
});

function openTls(url: string, doors: Doors, credentials: Credentials): TLSSocket {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), ...tlsOptions(doors, credentials) });
  // How it was cut off is of no interest, only that it was.
  socket.on('error', () => undefined);
  return socket;
}

const closed = (socket: TLSSocket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

/**
 * Says all packets at once, as a client does that does not wait to be let in. What the broker answered to them, and
 * `closed` when it ended the connection within a second.
 */
export async function sayToBroker(doors: Doors, credentials: Credentials, packets: Packet[]): Promise<string[]> {
  const answers: string[] = [];
  const incoming = parser({ protocolVersion: 4 });
  incoming.on('packet', (packet) => {
    if (packet.cmd === 'connack') answers.push(`connack ${packet.returnCode}`);
    else if (packet.cmd === 'suback') answers.push(`suback ${packet.granted.join()}`);
    else answers.push(packet.cmd);
  });
  const socket = openTls(doors.mqttUrl, doors, credentials);
  socket.on('data', (chunk) => incoming.parse(chunk));
  socket.write(Buffer.concat(packets.map((packet) => generate(packet))));
  const isClosed = await Promise.race([
    closed(socket).then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1_000)),
  ]);
  if (isClosed) answers.push('closed');
  socket.destroy();
  return answers;
}

export const connectAs = (clientId: string): Packet => ({
  ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60, clientId },
});
export const subscribeTo = (topic: string): Packet => ({
  ...{ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] },
});
export const publishTo = (topic: string): Packet => ({
  ...{ cmd: 'publish', messageId: 2, topic, payload: '{}', qos: 1, retain: false, dup: false },
});

/** An HTTPS connection that answered once and is kept open; `end` resolves when the fleet closes it. */
export async function keepHttpsOpen(doors: Doors, credentials: Credentials): Promise<{ end: Promise<void> }> {
  const socket = openTls(doors.terminalUrl, doors, credentials);
  const end = closed(socket);
  socket.write('GET /terminal/v1/identity HTTP/1.1\r\nhost: fleet\r\n\r\n');
  const answer = await Promise.race([
    new Promise<string>((resolve) => socket.once('data', (chunk: Buffer) => resolve(chunk.toString()))),
    end.then(() => 'closed'),
  ]);
  if (!answer.startsWith('HTTP/1.1 200')) throw new Error(`https was not opened: ${answer}`);
  return { end };
}

/** A signalling socket, or a rejection that bears the status by which the fleet refused it. */
export async function openSignalling(doors: Doors, credentials: Credentials): Promise<{ end: Promise<void> }> {
  const url = new URL('/signal', doors.terminalUrl.replace('https:', 'wss:'));
  const socket = new WebSocket(url, tlsOptions(doors, credentials));
  const end = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'open');
  return { end };
}
