import { createHash } from 'node:crypto';
import { Client } from 'ssh2';
import type { OpenConnection } from '../ports/connection.ts';

const readyWithinMs = 10_000;
const keepAliveMs = 10_000;

/** As `ssh-keygen -l` writes it. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

export type SshDeps = {
  host: string;
  port: number;
  user: string;
  password: string;
  /** The fingerprint of the device's key; null trusts the first that this line sees, and no other after it. */
  hostKey: string | null;
};

/** The shell of a device behind SSH (RFC 4254, 6.5), without a terminal, so that it echoes nothing. */
export function openSsh({ host, port, user, password, hostKey }: SshDeps): OpenConnection {
  let trusted = hostKey;

  return ({ onBytes, onEnd }, { signal }) =>
    new Promise((resolve, reject) => {
      const client = new Client();
      let reason = 'the device closed the connection';
      const hostVerifier = (key: Buffer): boolean => {
        const seen = fingerprintOf(key);
        trusted ??= seen;
        if (seen === trusted) return true;
        reason = `its key is ${seen}, but ${trusted} is trusted`;
        return false;
      };
      const end = () => client.end();
      client.once('ready', () => {
        client.shell(false, (error, stream) => {
          if (error) {
            reason = error.message;
            end();
            return;
          }
          stream.on('data', onBytes);
          stream.once('close', end);
          resolve({
            send: (bytes) =>
              new Promise((sent, failed) => stream.write(bytes, (fault) => (fault ? failed(fault) : sent()))),
          });
        });
      });
      client.on('error', (error) => {
        // What the verifier said of the key says more.
        if (!reason.startsWith('its key')) reason = error.message;
      });
      client.once('close', () => {
        signal.removeEventListener('abort', end);
        // Settles nothing when it was connected.
        reject(new Error(reason));
        onEnd(reason);
      });
      signal.throwIfAborted();
      signal.addEventListener('abort', end);
      client.connect({
        ...{ host, port, username: user, password, hostVerifier },
        ...{ readyTimeout: readyWithinMs, keepaliveInterval: keepAliveMs },
      });
    });
}
