import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openMeetingForEach } from './client-tests.ts';
import { other } from './fixture.ts';

/** What the own network does and what others say of theirs, in the built client, over a stand-in for the fleet. */
const { page, server, button, dialog, join, prepare, useUp } = openMeetingForEach();

/** What the connections report: of each hundred packets so many are lost on the way to the media server. */
async function reportLoss(lossPercent: number | null): Promise<void> {
  await page().evaluate((percent) => Reflect.set(window, 'lossPercent', percent), lossPercent);
}

/** The fixture has no media: connections report what this page is told that they do. */
async function fakeReports(): Promise<void> {
  await prepare(() => {
    let packets = 0;
    let lost = 0;
    let reports = 0;
    RTCPeerConnection.prototype.getStats = async function getStats() {
      const percent: unknown = Reflect.get(window, 'lossPercent');
      if (typeof percent === 'number') {
        packets += 200;
        lost += 2 * percent;
        reports += 1;
      }
      return new Map(
        Object.entries({
          OT: { id: 'OT', type: 'outbound-rtp', packetsSent: packets, bytesSent: packets * 500 },
          RI: {
            ...{ id: 'RI', type: 'remote-inbound-rtp', localId: 'OT', timestamp: reports },
            ...{ packetsLost: lost, jitter: 0.004, roundTripTime: 0.024 },
          },
        }),
      );
    };
  });
}

const network = () => page().locator('.network-button');

describe('the own network', () => {
  it('is unknown without evidence, and says so in words', async () => {
    await join();
    // Beside the people, too, the row of controls stays one.
    await page().setViewportSize({ width: 1024, height: 768 });
    await button(/^People/).click();
    expect((await button('Leave').boundingBox())?.y).toBe((await button('Mute').boundingBox())?.y);
    await button('Network unknown').click();
    await dialog('Your network').getByText('Nothing was measured yet').waitFor();
    expect(await seriousViolations(page())).toEqual([]);
  });

  it('is good, becomes bad with its reason and what to do, and is unknown when nothing comes any more', async () => {
    await fakeReports();
    useUp();
    await page().clock.install();
    await join();
    await reportLoss(0);
    const pass = async (seconds: number) => {
      for (let step = 0; step < seconds; step += 2) await page().clock.runFor(2_000);
    };
    await pass(6);
    await button('Good network').waitFor();
    expect(server().messages.filter(({ type }) => type === 'network')).toEqual([]);
    await reportLoss(12);
    await pass(6);
    // Whatever it says, the row of controls stays one at 1280 px.
    expect((await button('Leave').boundingBox())?.y).toBe((await button('Mute').boundingBox())?.y);
    await button('Bad network').click();
    await dialog('Your network').getByText('12 % of what you send does not arrive').waitFor();
    await dialog('Your network').getByText('Go closer to the Wi-Fi').waitFor();
    expect(await seriousViolations(page())).toEqual([]);
    await dialog('Your network').getByRole('button', { name: 'Stop camera' }).click();
    await expect
      .poll(() => server().messages.findLast(({ type }) => type === 'media'))
      .toMatchObject({ media: { isCameraOn: false } });
    await page().keyboard.press('Escape');
    await expect
      .poll(() => server().messages.filter(({ type }) => type === 'network'))
      .toEqual([{ type: 'network', trouble: 'bad' }]);
    await reportLoss(null);
    await pass(14);
    await button('Network unknown').waitFor();
    await expect
      .poll(() => server().messages.findLast(({ type }) => type === 'network'))
      .toEqual({ type: 'network', trouble: null });
  });

  it('stands among the controls of a phone only while something is wrong, and else in their menu', async () => {
    await page().setViewportSize({ width: 390, height: 844 });
    await join();
    expect(await network().isVisible()).toBe(false);
    await button('More').click();
    await dialog('More').getByRole('button', { name: 'Your network Network unknown' }).click();
    await dialog('Your network').getByText('Nothing was measured yet').waitFor();
  });
});

it('of others is marked on their tile and in the list of people, while there is trouble', async () => {
  const mika = other('Mika Sato', { networkTrouble: 'impaired' });
  server().others.push(mika, other('Jonas Weber', { networkTrouble: 'bad' }));
  await join();
  const tile = (name: string) =>
    page().getByRole('list', { name: 'Participants' }).getByRole('listitem').filter({ hasText: name });
  await tile('Mika Sato').getByRole('img', { name: 'Impaired network' }).waitFor();
  await tile('Jonas Weber').getByRole('img', { name: 'Bad network' }).waitFor();
  await button(/^People/).click();
  const people = page().getByRole('complementary', { name: 'People' });
  await people.getByRole('listitem').filter({ hasText: 'Mika Sato' }).getByText('Impaired network').waitFor();
  expect(await seriousViolations(page())).toEqual([]);
  mika.networkTrouble = null;
  server().sayRoster();
  await tile('Mika Sato').getByRole('img', { name: 'Impaired network' }).waitFor({ state: 'detached' });
});
