import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { type TerminalId, terminalId as terminalIdSchema } from '@anteroom/shared/ids.ts';
import { channels, maxPayloadBytes, topicOf } from '@anteroom/shared/protocol/channels.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Aedes, Client } from 'aedes';
import type { Logger } from 'pino';
import { createAedes, type Session } from './broker-hooks.ts';
import type { CertificateRegistry } from './certificate-registry.ts';
import type { MessageEngine } from './engine.ts';
import { createPacketLimit } from './packet-limit.ts';

/**
 * The embedded broker: aedes behind a TLS listener that demands a certificate of our CA. The certificate's CN is the only
 * terminal id that a session may bear, as client id, user name and in topics. It keeps nothing: sessions are always
 * clean, messages are never retained. It does not read payloads and knows no protocol of ours but the topics.
 */

/** Room in a packet for topic and headers. */
const maxPacketBytes = maxPayloadBytes + 1024;
const connectWithinMs = 10_000;

export type BrokerTls = {
  keyPem: string;
  /** Leaf first. */
  certificatePem: string;
  /** Whose client certificates are accepted. */
  clientCaPem: string;
};

export type BrokerDeps = {
  tls: BrokerTls;
  host: string;
  port: number;
  registry: CertificateRegistry;
  clock: Clock;
  log: Logger;
};

export interface Broker extends MessageEngine {
  /** For connections from now on: after the server's certificate was renewed. */
  useTls(tls: BrokerTls): void;
}

export function createBroker({ host, port, registry, clock, log, ...deps }: BrokerDeps): Broker {
  let tls = deps.tls;
  let open: { aedes: Aedes; server: Server; stop: () => Promise<void> } | null = null;
  const sessions = new Set<Session>();

  function drop(session: Session, reason: string): void {
    session.isRevoked = true;
    log.info({ terminalId: session.terminalId, reason }, 'mqtt session ended');
    session.socket.destroy();
  }

  return {
    async open(onMessage) {
      if (open) throw new Error('broker is open already');
      const sessionOf = new WeakMap<Client, Session>();
      const aedes = await createAedes({ registry, log, sessionOf, connectWithinMs, onMessage });
      const server = createServer({
        ...toSecureContext(tls),
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        handshakeTimeout: connectWithinMs,
      });
      // Those in the middle of a handshake are no sessions yet, and would hold up the closing.
      const connections = new Set<Socket>();
      server.on('connection', (connection: Socket) => {
        connections.add(connection);
        connection.once('close', () => connections.delete(connection));
      });
      server.on('tlsClientError', (error) => log.debug({ error: error.message }, 'mqtt handshake refused'));
      server.on('secureConnection', (socket) => {
        const identity = identify(socket, clock.now());
        if (!identity.ok) {
          log.warn({ reason: identity.reason }, 'mqtt certificate refused');
          socket.destroy();
          return;
        }
        const session: Session = { ...identity, socket, request: null, isRevoked: false };
        sessions.add(session);
        socket.once('close', () => sessions.delete(session));
        limitPackets(socket);
        sessionOf.set(aedes.handle(socket), session);
      });
      try {
        await listen(server, host, port);
      } catch (error) {
        aedes.close();
        throw error;
      }
      server.on('error', (error) => log.error({ err: error }, 'mqtt listener failed'));
      open = {
        aedes,
        server,
        async stop() {
          const closed = new Promise<void>((resolve) => server.close(() => resolve()));
          for (const connection of connections) connection.destroy();
          await new Promise<void>((resolve) => aedes.close(() => resolve()));
          await closed;
        },
      };
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('broker listens on no port');
      log.info({ host, port: address.port }, 'mqtt broker open');
      return { port: address.port };
    },

    publish: (terminalId, channel, payload) =>
      new Promise((resolve, reject) => {
        if (!open) {
          reject(new Error('broker is closed'));
          return;
        }
        open.aedes.publish(
          {
            cmd: 'publish',
            topic: topicOf(terminalId, channel),
            payload,
            qos: channels[channel].qos,
            retain: false,
            dup: false,
          },
          (error) => (error ? reject(error) : resolve()),
        );
      }),

    disconnect(terminalId) {
      for (const session of sessions) if (session.terminalId === terminalId) drop(session, 'terminal disconnected');
    },

    disconnectCertificate(thumbprint) {
      const ended = [...sessions].filter((session) => session.thumbprint === thumbprint);
      for (const session of ended) drop(session, 'certificate revoked');
      return ended.map((session) => session.terminalId);
    },

    useTls(next) {
      tls = next;
      open?.server.setSecureContext(toSecureContext(next));
    },

    async close() {
      const closing = open;
      open = null;
      await closing?.stop();
    },
  };
}

function toSecureContext(tls: BrokerTls) {
  return { key: tls.keyPem, cert: tls.certificatePem, ca: tls.clientCaPem };
}

type Identity = { ok: true; terminalId: TerminalId; thumbprint: string } | { ok: false; reason: string };

function identify(socket: TLSSocket, now: Date): Identity {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return { ok: false, reason: 'no certificate' };
  // A resumed TLS session is not verified again: its certificate may have ended since.
  if (now > certificate.validToDate) return { ok: false, reason: 'certificate has ended' };
  const names = certificate.subject.split('\n').filter((part) => part.startsWith('CN='));
  const terminalId = terminalIdSchema.safeParse(names[0]?.slice('CN='.length));
  if (names.length !== 1 || !terminalId.success) return { ok: false, reason: 'the CN is no terminal id' };
  const thumbprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
  return { ok: true, terminalId: terminalId.data, thumbprint };
}

/** Aedes pulls with `read`, so this sees every byte before its parser buffers any. */
function limitPackets(socket: TLSSocket): void {
  const limit = createPacketLimit(maxPacketBytes);
  const read = socket.read.bind(socket);
  socket.read = (size) => {
    const chunk: Buffer | null = read(size);
    if (chunk === null || limit.accepts(chunk)) return chunk;
    socket.destroy(new Error(`mqtt packet larger than ${maxPacketBytes} bytes`));
    return null;
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
