import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { OpenConnection } from '../../ports/connection.ts';

/**
 * MDC over TLS, as displays with "secured protocol" switched on take it: they say `MDCSTART<<TLS>>` in plain text, then TLS
 * is spoken, then a PIN is sent and judged (`MDCAUTH<<PASS>>`, `MDCAUTH<<FAIL:0x…>>`). Certificates are each display's own:
 * what is checked, where the profile has it, is that it is always the same one.
 */
export type SecureMdcAddress = {
  host: string;
  port: number;
  /** Digits, of the display's menu. */
  pin: string;
  /** SHA-256 of the display's certificate in hexadecimal; null takes any. */
  certificateSha256: string | null;
};

const greeting = 'MDCSTART<<TLS>>';
const verdictPattern = /^MDCAUTH<<(?:(?<pass>PASS)|FAIL:0x(?<code>[0-9A-F]{2}))>>/i;
const openWithinMs = 10_000;

export function openSecureMdc({ host, port, pin, certificateSha256 }: SecureMdcAddress): OpenConnection {
  return ({ onBytes, onEnd }, { signal }) =>
    new Promise((resolve, reject) => {
      const plain = connect({ host, port, signal, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 });
      let reason = 'the display closed the connection';
      plain.setTimeout(openWithinMs, () => plain.destroy(new Error(`not open in ${openWithinMs} ms`)));
      plain.on('error', (error) => {
        reason = error.message;
      });
      plain.once('close', () => {
        // Settles nothing when it was open.
        reject(new Error(reason));
        onEnd(reason);
      });
      const fail = (why: string) => plain.destroy(new Error(why));
      if (pin === '') fail('the display wants a PIN, and none was given');

      let said = '';
      plain.on('data', function greet(bytes: Buffer) {
        said += bytes.toString('latin1');
        if (!greeting.startsWith(said)) return void fail(`it said ${JSON.stringify(said)} instead of ${greeting}`);
        if (said !== greeting) return;
        plain.off('data', greet);
        // A display's certificate names no host: it is held by its fingerprint, or not at all.
        const secure = connectTls({ socket: plain, rejectUnauthorized: false, minVersion: 'TLSv1' });
        secure.on('error', (error) => fail(error.message));
        secure.once('secureConnect', () => identify(secure));
      });

      function identify(secure: TLSSocket): void {
        const { raw } = secure.getPeerCertificate();
        const found = createHash('sha256').update(raw).digest('hex');
        if (certificateSha256 !== null && found !== certificateSha256.toLowerCase()) {
          fail(`its certificate is ${found}, not the one of the profile`);
          return;
        }
        secure.write(pin);
        let answer = '';
        secure.on('data', function judge(bytes: Buffer) {
          answer += bytes.toString('latin1');
          const { pass, code } = verdictPattern.exec(answer)?.groups ?? {};
          if (code !== undefined) fail(`the PIN was not taken (0x${code})`);
          if (pass === undefined) return;
          secure.off('data', judge);
          plain.setTimeout(0);
          secure.on('data', onBytes);
          resolve({
            send: (sent) =>
              new Promise((done, failed) => secure.write(sent, (error) => (error ? failed(error) : done()))),
          });
        });
      }
    });
}
