import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { serverCertificateDays } from './enrolment/x509.ts';
import { startTestFleet, type TestFleet } from './testing/test-fleet.ts';

let test: TestFleet;
beforeAll(async () => {
  test = await startTestFleet({ args: ['--roles', 'api,link'] });
});
afterAll(() => test[Symbol.asyncDispose]());

/** Serial number of the certificate that the server behind `url` presents to a new connection. */
function presentedBy(url: string | undefined): Promise<string> {
  const { hostname, port } = new URL(url ?? '');
  return new Promise((resolve, reject) => {
    // The fleet's clock is far ahead of the machine's, by which TLS would judge the certificate.
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
  });
}

it('gives a server certificate that nears its end anew, at every door of the terminals', async () => {
  const { terminalUrl, mqttUrl } = test.fleet.ready;
  const first = await presentedBy(terminalUrl);
  expect(await presentedBy(mqttUrl)).toBe(first);
  test.clock.jumpTo(new Date(test.clock.now().getTime() + (serverCertificateDays - 20) * 86_400_000));
  await test.clock.advance(60_000);
  await vi.waitFor(async () => expect(await presentedBy(terminalUrl)).not.toBe(first));
  expect(await presentedBy(mqttUrl)).toBe(await presentedBy(terminalUrl));
});
