import type { TLSSocket } from 'node:tls';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import { Aedes, type Client } from 'aedes';
import type { Logger } from 'pino';
import type { CertificateRegistry } from './certificate-registry.ts';
import type { TerminalMessage } from './engine.ts';
import { type ConnectRequest, maySubscribe, permitPublish, refuseConnect } from './permissions.ts';

export type Session = {
  terminalId: TerminalId;
  thumbprint: string;
  socket: TLSSocket;
  /** What CONNECT asked for; null until it came. */
  request: ConnectRequest | null;
  isRevoked: boolean;
};

/** The broker with its permissions; `sessionOf` knows every client that came through the TLS listener. */
export async function createAedes(deps: {
  registry: CertificateRegistry;
  log: Logger;
  sessionOf: WeakMap<Client, Session>;
  connectWithinMs: number;
  onMessage: (message: TerminalMessage) => void;
}): Promise<Aedes> {
  const { registry, log, sessionOf, connectWithinMs, onMessage } = deps;

  async function refusal(session: Session): Promise<{ returnCode: 2 | 4 | 5; reason: string } | null> {
    if (!session.request) return { returnCode: 5, reason: 'no CONNECT' };
    const refused = refuseConnect(session.terminalId, session.request);
    if (refused) return refused;
    const standing = await registry.standing(session.thumbprint);
    if (!standing.ok) return { returnCode: 5, reason: `certificate ${standing.reason}` };
    if (standing.terminalId !== session.terminalId)
      return { returnCode: 5, reason: 'certificate of another terminal in the registry' };
    return session.isRevoked ? { returnCode: 5, reason: 'certificate revoked' } : null;
  }

  const aedes = await Aedes.createBroker({
    connectTimeout: connectWithinMs,
    preConnect(client, packet, callback) {
      const session = sessionOf.get(client);
      if (!session) {
        callback(new Error('connection without a certificate'), false);
        return;
      }
      session.request = {
        clientId: packet.clientId,
        username: packet.username,
        will: packet.will && {
          topic: packet.will.topic,
          retain: packet.will.retain ?? false,
          qos: packet.will.qos ?? 0,
        },
      };
      // A kept session would only queue what nobody may rely on; CONNACK says "session not present" (3.2.2.2).
      packet.clean = true;
      callback(null, true);
    },
    authenticate(client, _username, _password, callback) {
      const session = sessionOf.get(client);
      if (!session) {
        callback(Object.assign(new Error('connection without a certificate'), { returnCode: 5 }), false);
        return;
      }
      refusal(session).then(
        (refused) => {
          if (!refused) {
            callback(null, true);
            return;
          }
          log.warn({ terminalId: session.terminalId, reason: refused.reason }, 'mqtt connection refused');
          callback(Object.assign(new Error(refused.reason), { returnCode: refused.returnCode }), false);
        },
        (error: unknown) => {
          log.error({ err: error, terminalId: session.terminalId }, 'certificate registry failed');
          callback(Object.assign(new Error('registry failed'), { returnCode: 3 }), false);
        },
      );
    },
    authorizePublish(client, packet, callback) {
      if (client === null) {
        callback(null);
        return;
      }
      const session = sessionOf.get(client);
      const permission = session && permitPublish(session.terminalId, packet);
      if (!session || session.isRevoked || !permission?.ok) {
        const reason = permission && !permission.ok ? permission.reason : 'certificate revoked';
        log.warn({ terminalId: session?.terminalId, reason }, 'mqtt publish refused');
        callback(new Error(reason));
        return;
      }
      callback(null);
    },
    authorizeSubscribe(client, subscription, callback) {
      const session = sessionOf.get(client);
      if (session && maySubscribe(session.terminalId, subscription.topic)) {
        callback(null, subscription);
        return;
      }
      log.warn({ terminalId: session?.terminalId }, 'mqtt subscription refused');
      callback(null, null);
    },
    authorizeForward(client, packet) {
      const session = sessionOf.get(client);
      return session && !session.isRevoked && maySubscribe(session.terminalId, packet.topic) ? packet : null;
    },
    published(packet, client, callback) {
      // The broker's own messages ($SYS, and those of `publish`) have no client.
      const session = client ? sessionOf.get(client) : undefined;
      const permission = session && permitPublish(session.terminalId, packet);
      if (session && permission?.ok) {
        const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
        onMessage({
          terminalId: session.terminalId,
          channel: permission.channel,
          payload,
          isFromRevoked: () => session.isRevoked,
        });
      }
      callback(null);
    },
  });
  aedes.on('clientError', (_client, error) => log.debug({ error: error.message }, 'mqtt client error'));
  aedes.on('connectionError', (_client, error) => log.debug({ error: error.message }, 'mqtt connection error'));
  aedes.addListener('error', (error: unknown) => log.error({ err: error }, 'mqtt broker error'));
  return aedes;
}
