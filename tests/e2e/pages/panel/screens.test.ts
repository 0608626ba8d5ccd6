import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFixtures, type Fixtures, inChinese, midMorning } from '../../../../device/panel/src/testing/fixtures.ts';
import { seriousViolations } from '../../../harness/axe.ts';
import { type OpenPanel, startPanelTests } from './open-panel.ts';

let panels: Awaited<ReturnType<typeof startPanelTests>>;
let dark: OpenPanel;
let light: OpenPanel;

// A new page costs more than everything that is asked of it, so tests that only look share two: one for each scheme.
beforeAll(async () => {
  panels = await startPanelTests();
  const state = states().home;
  dark = await panels.open({ state, path: '/?scheme=dark', context: { reducedMotion: 'reduce' } });
  light = await panels.open({ state, path: '/?scheme=light', context: { reducedMotion: 'reduce' } });
}, 120_000);
afterAll(async () => {
  await dark[Symbol.asyncDispose]();
  await light[Symbol.asyncDispose]();
  await panels[Symbol.asyncDispose]();
});

const states = () => createFixtures(midMorning);
const names = Object.keys(states());
const isName = (name: string): name is keyof Fixtures => names.includes(name);

/** What a person finds on each screen: role and words. */
const findings: [keyof Fixtures, 'heading' | 'button' | 'text', string | RegExp][] = [
  ['contacting', 'heading', /Looking for the meeting service/u],
  ['contactingFault', 'text', /Check the network cable/u],
  ['pairing', 'heading', 'Pairing code'],
  ['pairing', 'text', 'K 7 Q M 4 X R T'],
  ['pairing', 'text', 'copper lantern'],
  ['configuring', 'heading', /Fetching what this room is/u],
  ['revoked', 'heading', 'An administrator removed this terminal'],
  ['noSpace', 'heading', 'Cedar terminal has no room yet'],
  ['noSpace', 'text', 'Choose the room it stands in'],
  ['noRoom', 'heading', 'Cedar has no cloud room yet'],
  ['noRoom', 'text', 'Choose the cloud room whose meetings it joins'],
  ['home', 'heading', 'Design review: door hardware'],
  ['home', 'button', 'Join Design review: door hardware'],
  ['home', 'text', 'Supplier call: hinge castings'],
  ['home', 'text', 'Floor 3 · 8 seats'],
  ['home', 'text', 'All working'],
  ['freeUntil', 'heading', /^Free until \d\d:\d\d$/u],
  ['free', 'heading', 'Nothing is planned'],
  ['over', 'text', 'Over its time'],
  ['offline', 'text', /cannot be reached since \d\d:\d\d/u],
  ['offline', 'button', /^Join/u],
  ['offline', 'text', /as of \d\d:\d\d/u],
  ['faulty', 'text', 'The camera is not connected'],
  ['faulty', 'text', 'The microphone does not work'],
  ['unchecked', 'text', /All worked when checked at \d\d:\d\d/u],
  ['ringing', 'heading', 'Design review: door hardware'],
  ['ringing', 'button', 'Answer Design review: door hardware'],
  ['missed', 'text', /^陈睿 called at \d\d:\d\d$/u],
  ['missed', 'text', 'and 2 more'],
  ['quiet', 'text', 'Do not disturb: this room does not ring'],
  ['answered', 'text', /^Answered automatically/u],
  ['joiningLong', 'text', /Try number 3/u],
  ['inside', 'heading', '6 in the meeting'],
  ['inside', 'text', 'Lin Yuehan'],
  ['inside', 'text', 'Coming back'],
  ['shared', 'text', 'Shares a screen'],
  ['laptopAtHome', 'text', 'Laptop connected'],
  ['laptopAtHome', 'text', 'The display shows it.'],
  ['laptop', 'button', 'Share'],
  ['sharing', 'text', 'This room shares the laptop. Everybody sees and hears it.'],
  ['shareTaken', 'text', 'Somebody else is sharing now.'],
  ['unplugged', 'text', 'The laptop was unplugged. Sharing has ended.'],
  ['hosting', 'text', 'this room, host'],
  ['hosting', 'text', '1 hand up'],
  ['hosting', 'text', 'Hand up'],
  ['hosting', 'button', 'Host controls'],
  ['knocked', 'text', '2 wait to come in'],
  ['troubled', 'text', 'Impaired network'],
  ['mutedInRoom', 'button', /^Off in the room Unmute/u],
  ['written', 'text', 'Lunch is in the kitchen on floor 2.'],
  ['written', 'text', 'Applause'],
  ['keptMuted', 'text', /^The host muted you and opens microphones/u],
  ['alone', 'text', /418 205 736/u],
  ['ending', 'text', /^ends in 4 min, at \d\d:\d\d$/u],
  ['ending', 'text', /^then Supplier call: hinge castings, at \d\d:\d\d$/u],
  ['reconnecting', 'text', /The network dropped/u],
  ['leaving', 'text', 'Leaving'],
  ['full', 'text', 'The host, Lin Yuehan'],
  ['unreachable', 'text', 'next try in'],
  ['identify', 'text', 'Here it is'],
];

test.each(findings)('the panel in state %s shows the %s %s', async (name, role, words) => {
  dark.server.show(states()[name]);
  const { page } = dark;
  const found =
    role === 'text' ? page.getByText(words) : page.getByRole(role, { name: words, exact: typeof words === 'string' });
  await found.first().waitFor({ state: 'attached', timeout: 5000 });
  expect(dark.faults).toEqual([]);
});

test.each(names)(
  '%s has no serious accessibility violation, in both schemes and languages',
  async (name) => {
    if (!isName(name)) throw new Error(`${name} is no fixture`);
    dark.server.show(states()[name]);
    light.server.show(inChinese(states()[name]));
    await light.page.locator('html[lang="zh-CN"]').waitFor();
    expect(await seriousViolations(dark.page)).toEqual([]);
    expect(await seriousViolations(light.page)).toEqual([]);
  },
  30_000,
);

const sizes: [number, number][] = [
  [1280, 800],
  [800, 480],
  [390, 844],
  [800, 1280],
  [1920, 1080],
];
test.each(sizes)(
  'every screen fits %d × %d, its buttons within reach',
  async (width, height) => {
    const { page, server } = light;
    await page.setViewportSize({ width, height });
    for (const [name, state] of Object.entries(states())) {
      server.show(inChinese(state));
      const { scrollWidth, boxes } = await page.evaluate(async (revision) => {
        while (!document.querySelector(`[data-revision="${revision}"]`)) await new Promise(requestAnimationFrame);
        return {
          scrollWidth: document.documentElement.scrollWidth,
          boxes: [...document.querySelectorAll('button')].map((button) => {
            const box: DOMRect = button.getBoundingClientRect();
            const list = button.closest('.roster > ul')?.getBoundingClientRect();
            // A row of a list that scrolls is within reach where its list is.
            return { ...box.toJSON(), bottom: list ? Math.min(box.bottom, list.bottom) : box.bottom };
          }),
        };
      }, server.revision());
      expect(scrollWidth, name).toBeLessThanOrEqual(width);
      for (const { x, right, bottom, width: wide, height: high } of boxes) {
        expect(x, name).toBeGreaterThanOrEqual(0);
        expect(right, name).toBeLessThanOrEqual(width + 0.5);
        expect(Math.min(wide, high), name).toBeGreaterThanOrEqual(44);
        if (width > height) expect(bottom, name).toBeLessThanOrEqual(height + 0.5);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  },
  60_000,
);

test('the clock is the terminal’s, in the room’s zone', async () => {
  const state = { ...states().home, serverTime: '2026-03-01T18:05:30.000Z', meetings: [] };
  await using panel = await panels.open({ state });
  await panel.page.getByText('02:05', { exact: true }).waitFor();
  await panel.page.getByText('Mon 2 Mar', { exact: true }).waitFor();
});

test('nothing is fetched from anywhere but the terminal', async () => {
  await using panel = await panels.open({ state: inChinese(states().inside) });
  await panel.page.getByText('对方看到的画面').first().waitFor();
  await panel.page.evaluate(() => document.fonts.ready);
  expect(panel.requests.filter((url) => !url.startsWith(panel.server.url))).toEqual([]);
  expect(panel.faults).toEqual([]);
});

test('with reduced motion the crossing is a short fade', async () => {
  dark.server.show(states().joining);
  const crossing = dark.page.locator('.joining-light');
  expect(await crossing.evaluate((one) => getComputedStyle(one).animationName)).toBe('screen-in');
  expect(await crossing.evaluate((one) => getComputedStyle(one).animationDuration)).toBe('0.12s');
});

describe('the room display', () => {
  let display: OpenPanel;
  beforeAll(async () => {
    display = await panels.open({
      state: states().home,
      path: '/display',
      size: [1920, 1080],
      context: { reducedMotion: 'reduce' },
    });
  });
  afterAll(() => display[Symbol.asyncDispose]());

  const shown: [keyof Fixtures, string | RegExp][] = [
    ['home', 'Press Join on the table panel'],
    ['home', /418 205 736/u],
    ['free', 'Nothing is planned'],
    ['pairing', 'copper lantern'],
    ['contacting', /Looking for the meeting service/u],
    ['noRoom', 'Cedar has no cloud room yet'],
    ['ringing', 'Answer on the table panel'],
    ['joining', 'Going in'],
    ['inside', 'Design review: door hardware'],
    ['reconnecting', /The network dropped/u],
  ];
  test.each(shown)(
    'in state %s says %s and offers nothing to press',
    async (name, words) => {
      display.server.show(states()[name]);
      await display.page.getByText(words).first().waitFor();
      expect(await display.page.getByRole('button').count()).toBe(0);
      expect(await seriousViolations(display.page)).toEqual([]);
    },
    30_000,
  );

  test('paints the composed picture of a virtual display, again and again', async () => {
    display.server.show(states().inside);
    const picture = display.page.getByRole('img', { name: 'The meeting’s picture' });
    await picture.waitFor();
    expect(await picture.getAttribute('width')).toBe('640');
    const asked = () => display.requests.filter((url) => url.endsWith('/api/display.jpg')).length;
    const before = asked();
    await expect.poll(asked, { timeout: 5000 }).toBeGreaterThan(before + 5);
  });

  test('beside a real display says that the room is in the meeting', async () => {
    const state = { ...states().inside, hasDisplayPreview: false };
    await using panel = await panels.open({ state, path: '/display', size: [1920, 1080] });
    await panel.page.getByText('This room is in the meeting').waitFor();
    expect(panel.requests.some((url) => url.endsWith('/api/display.jpg'))).toBe(false);
  });
});
