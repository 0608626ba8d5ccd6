import { expect, it } from 'vitest';
import { launchBrowser } from '../harness/browser.ts';
import { startRig } from '../harness/rig.ts';

/** The check page's way to a real fleet and its media server; the rest of it: pages/client/check.test.ts. */
it('finds the way to the media server, and says so where the network closes it', async () => {
  await using rig = await startRig();
  const url = `${rig.fleet.ready().httpUrl}/m/check?lang=en`;
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  // Nothing to listen to or to look at, which would take half of the time: the way is what is tested here.
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  const row = page.getByRole('listitem').filter({ hasText: 'Picture and sound' });
  const runChecks = async (press: string) => {
    await page.getByRole('button', { name: press }).click();
    await page.getByRole('button', { name: 'Yes, I hear it' }).click({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Test again' }).waitFor({ timeout: 40_000 });
  };
  await page.goto(url);
  await runChecks('Start the tests');
  await row.getByText(/the way there and back takes \d+ ms/).waitFor();

  // A browser that may go over a relay only, where there is none, sends and receives nothing: as behind a firewall.
  await page.evaluate(() => {
    const Direct = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Direct {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
      }
    };
  });
  await runChecks('Test again');
  await row.getByText('No way to the media server').waitFor();
  expect(await row.getByText('An administrator can end this.').count()).toBe(1);
}, 120_000);
