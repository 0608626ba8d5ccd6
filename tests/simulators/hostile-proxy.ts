import { connect, createServer, type Server, type TLSSocket } from 'node:tls';
import { createPacketSplitter, type MqttPacket, readPublish } from './mqtt-frames.ts';

/**
 * Stands between terminals and the broker, ends TLS on both sides with the terminal's own certificate, and drops, doubles
 * and delays their PUBLISH and PUBACK packets. CONNECT, SUBSCRIBE and pings pass, so that it is the messages that suffer.
 */
export type HostileProxy = AsyncDisposable & {
  port: number;
  /** Called when the broker's PUBACK of a message on this channel passes by, before anything else happens to it. */
  onPuback(listener: (channel: string) => void): void;
  /** Called for every PUBLISH of a terminal as it left the terminal, whatever becomes of it. */
  onPublish(listener: (topic: string, payload: Buffer) => void): void;
  counts(): { passed: number; dropped: number; doubled: number; delayed: number };
};

export type Hostility = { drop: number; double: number; delay: number; delayAtMostMs: number };

export async function startHostileProxy(options: {
  server: { keyPem: string; certificatePem: string };
  caPem: string;
  /** Key and certificate of the terminal with this common name. */
  identityOf: (commonName: string) => { keyPem: string; certificatePem: string } | undefined;
  brokerPort: () => number;
  hostility: Hostility;
  random: () => number;
}): Promise<HostileProxy> {
  const { hostility, random } = options;
  const counts = { passed: 0, dropped: 0, doubled: 0, delayed: 0 };
  const pubackListeners: ((channel: string) => void)[] = [];
  const publishListeners: ((topic: string, payload: Buffer) => void)[] = [];
  const sockets = new Set<TLSSocket>();

  function pass(packet: MqttPacket, to: TLSSocket): void {
    const write = () => {
      if (!to.destroyed) to.write(packet.bytes);
    };
    const isTarget = packet.type === 'publish' || packet.type === 'puback';
    if (isTarget && random() < hostility.drop) {
      counts.dropped += 1;
      return;
    }
    counts.passed += 1;
    if (isTarget && random() < hostility.double) {
      counts.doubled += 1;
      setTimeout(write, random() * hostility.delayAtMostMs);
    }
    if (isTarget && random() < hostility.delay) {
      counts.delayed += 1;
      setTimeout(write, random() * hostility.delayAtMostMs);
    } else {
      write();
    }
  }

  function join(terminal: TLSSocket, identity: { keyPem: string; certificatePem: string }): void {
    const broker = connect({
      host: '127.0.0.1',
      port: options.brokerPort(),
      key: identity.keyPem,
      cert: identity.certificatePem,
      ca: options.caPem,
    });
    const channels = new Map<number, string>();
    const up = createPacketSplitter((packet) => {
      const message = readPublish(packet);
      if (message) {
        const channel = message.topic.split('/').at(-1) ?? '';
        if (message.messageId !== null) channels.set(message.messageId, channel);
        for (const listener of publishListeners) listener(message.topic, message.payload);
      }
      pass(packet, broker);
    });
    const down = createPacketSplitter((packet) => {
      if (packet.type === 'puback') {
        const channel = channels.get(packet.bytes.readUInt16BE(2));
        if (channel !== undefined) for (const listener of pubackListeners) listener(channel);
      }
      pass(packet, terminal);
    });
    terminal.on('data', up);
    broker.on('data', down);
    for (const [from, to] of [
      [terminal, broker],
      [broker, terminal],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }

  const server: Server = createServer(
    {
      key: options.server.keyPem,
      cert: options.server.certificatePem,
      ca: options.caPem,
      requestCert: true,
      rejectUnauthorized: true,
    },
    (terminal) => {
      const subject = terminal.getPeerCertificate().subject.CN;
      const identity = typeof subject === 'string' ? options.identityOf(subject) : undefined;
      if (identity) join(terminal, identity);
      else terminal.destroy();
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('proxy listens on no port');

  return {
    port: address.port,
    onPuback: (listener) => void pubackListeners.push(listener),
    onPublish: (listener) => void publishListeners.push(listener),
    counts: () => ({ ...counts }),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
