import { newId } from '@anteroom/shared/ids.ts';
import type { CallState, PanelState } from '@anteroom/shared/panel/state.ts';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createFixtures, inChinese, midMorning } from '../../../../device/panel/src/testing/fixtures.ts';
import { type OpenPanel, sharePanel } from './open-panel.ts';

/** What a room in a meeting sees and hears of the others without asking: their network, their mute key, a knock. */
const states = createFixtures(midMorning);

const panel = sharePanel({ state: states.free, context: { reducedMotion: 'reduce' } });
beforeEach(async () => {
  panel.server.show(states.free);
  await panel.page.locator('.call').waitFor({ state: 'detached' });
  panel.server.touches.length = 0;
});

const show = (state: PanelState) => panel.server.show(state);
const person = (name: string) => panel.page.locator('.roster-row').filter({ hasText: name });
const litBars = (name: string) => person(name).locator('.roster-network rect[fill="currentColor"]').count();

describe('the network of whoever is in the meeting', () => {
  test('is marked where it troubles, in bars and words, and nowhere else', async () => {
    show(states.troubled);
    await person('Lin Yuehan').getByText('Impaired network').waitFor();
    await person('this room').getByText('Bad network').waitFor();
    expect(await litBars('Lin Yuehan')).toBe(2);
    expect(await litBars('this room')).toBe(1);
    expect(await panel.page.locator('.roster-network').count()).toBe(2);
    show(inChinese(states.troubled));
    await person('Lin Yuehan').getByText('网络欠佳').waitFor();
    await person('本室').getByText('网络很差').waitFor();
  });

  test('loses its mark when it is well again', async () => {
    show(states.troubled);
    await person('Lin Yuehan').getByText('Impaired network').waitFor();
    show(states.inside);
    await panel.page.locator('.roster-network').first().waitFor({ state: 'detached' });
  });
});

describe('a mute key on a table', () => {
  test('of another room reads as theirs, not as somebody who muted themselves', async () => {
    show(states.troubled);
    await person('Juniper').getByText('Off in the room', { exact: true }).waitFor();
    await person('Jonas Weber').getByText('Off', { exact: true }).waitFor();
    expect(await panel.page.getByText('Off in the room').count()).toBe(1);
  });

  test('of this room stands above every touch: the button says so, cannot be pressed, and who can lift it', async () => {
    show(states.mutedInRoom);
    const unmute = panel.page.getByRole('button', { name: 'Off in the room Unmute' });
    await unmute.waitFor();
    await person('this room').getByText('Off in the room').waitFor();
    expect(await unmute.getAttribute('aria-disabled')).toBe('true');
    expect(await unmute.getAttribute('title')).toContain('Press its own mute key');
    await unmute.click({ force: true });
    show(states.muted);
    await panel.page.getByRole('button', { name: 'They cannot hear you Unmute' }).click();
    await vi.waitFor(() => expect(panel.server.touches).toEqual([{ kind: 'setMicrophone', isOn: true }]));
  });
});

/** Runs in the page, before its scripts: counts the strikes on wood instead of making them heard. */
function countStrikes(): void {
  const param = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
  const node = { gain: param, frequency: param, connect: (next: object) => next, stop() {} };
  class SilentContext {
    state = 'running';
    currentTime = 0;
    createGain = () => node;
    createOscillator = () => ({
      ...node,
      start() {
        const { dataset } = document.documentElement;
        dataset.strikes = String(Number(dataset.strikes ?? 0) + 1);
      },
    });
    close = () => Promise.resolve();
  }
  Object.assign(window, { AudioContext: SilentContext });
}

describe('whoever waits to be let in', () => {
  const strikes = (page: Page) => page.locator('html').getAttribute('data-strikes').then(Number);
  const inMeeting = (change: Partial<Extract<CallState, { state: 'in' }>>): PanelState => {
    const { call } = states.knocked;
    if (call.state !== 'in') throw new Error('the fixture is in a meeting');
    return { ...states.knocked, call: { ...call, ...change } };
  };
  const waiting = (...minutesAgo: number[]) =>
    minutesAgo.map((minutes) => ({
      ...{ participantId: newId('participant'), name: 'Wei Zhang', kind: 'guest' as const },
      since: new Date(midMorning.getTime() - minutes * 60_000).toISOString(),
    }));
  const knocked = (...minutesAgo: number[]) => inMeeting({ waiting: waiting(...minutesAgo) });
  const { call: memberCall } = states.inside;
  const roster = memberCall.state === 'in' ? memberCall.roster : [];
  /** The screen has drawn what the server showed last. */
  const drawn = ({ page, server }: OpenPanel) => page.locator(`[data-revision="${server.revision()}"]`).waitFor();

  test('knocks once at a room that hosts, each time somebody comes; and not at all once the knock is turned off', async () => {
    await using opened = await panel.open({ state: states.free, script: countStrikes });
    const { page, server } = opened;
    const expectStrikes = async (state: PanelState, expected: number) => {
      server.show(state);
      await drawn(opened);
      expect(await strikes(page)).toBe(expected);
    };
    await expectStrikes(inMeeting({ waiting: waiting(9), roster }), 0);
    await expectStrikes(knocked(8), 2);
    await expectStrikes({ ...knocked(8), volumePercent: 50 }, 2);
    await expectStrikes(knocked(8, 7), 4);
    await expectStrikes(knocked(8), 4);
    await page.getByRole('button', { name: 'Host controls' }).click();
    await page.getByRole('button', { name: 'Whoever waits knocks here Turn the knock off' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    await expectStrikes(knocked(8, 6), 4);
    // It is remembered, and the way back stands beside those who wait.
    await page.reload();
    await page.getByRole('button', { name: 'See who' }).click();
    expect(await strikes(page)).toBe(0);
    await page.getByRole('button', { name: 'Nobody is heard knocking Turn the knock on' }).click();
    await expectStrikes(knocked(8, 5), 2);
  }, 60_000);
});

test('nothing moves by itself in a room that is in a meeting: a panel is on for all of it', async () => {
  show(states.inside);
  await panel.page.locator('.light-rail').waitFor();
  const begun = await panel.page.evaluate(async () => {
    const names: string[] = [];
    const note = (event: Event) => names.push(event.type);
    for (const type of ['transitionrun', 'animationstart']) document.addEventListener(type, note);
    // As long as the clock of the screen needs to go on by two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    return names;
  });
  expect(begun).toEqual([]);
});
