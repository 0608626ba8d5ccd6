import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { serveSecureMdc } from '../drivers/samsung-mdc/secure-simulator.ts';
import type { SimulatedDevice } from '../ports/simulated-device.ts';
import type { Served, Wire } from './serve.ts';

/** Serves a display of Samsung behind its secured protocol, with a certificate that is made for the occasion. */
export async function serveTls(
  device: SimulatedDevice,
  where: { host: string; port: number; wire: Wire; password: string },
): Promise<Served> {
  const { host, port, wire, password } = where;
  const pem = await makeCertificate();
  const server = await serveSecureMdc({ device, host, port, wire, pin: password, key: pem, cert: pem });
  const fingerprint = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  return {
    at: `tls:${host}:${server.port}#SHA256:${fingerprint}`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** A key and its certificate, as each display has its own. */
async function makeCertificate(): Promise<string> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '-'];
  const { stdout } = await promisify(execFile)('openssl', [
    'req',
    '-x509',
    ...key,
    '-days',
    '2',
    '-subj',
    '/CN=display',
  ]);
  return stdout;
}
