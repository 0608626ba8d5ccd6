import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openMeetingForEach } from './client-tests.ts';
import { other } from './fixture.ts';

/** How one looks at the meeting: layouts, pins, one's own picture; over a stand-in for the fleet. */
const { page, server, button, dialog, join } = openMeetingForEach();
const tiles = () => page().getByRole('list', { name: 'Participants' }).getByRole('listitem');

/** `words`: the name on the tile. */
type SeenTile = { words: string; width: number; left: number; right: number; bottom: number };

async function seen(): Promise<SeenTile[]> {
  await tiles().first().waitFor();
  return tiles().evaluateAll((all) =>
    all.map((each) => {
      const { width, left, right, bottom } = each.getBoundingClientRect();
      return { words: each.querySelector('.name-words')?.textContent ?? '', width, left, right, bottom };
    }),
  );
}

/** Whoever stands larger than everybody else; null when all are alike. */
async function largest(): Promise<string | null> {
  const [first, second] = (await seen()).sort((a, b) => b.width - a.width);
  return first && first.width > 1.5 * (second?.width ?? 0) ? first.words : null;
}

async function chooseLayout(name: RegExp): Promise<void> {
  await button(/^Layout/).click();
  await dialog('Layout').getByRole('button', { name }).click();
}

function addPeople(count: number): void {
  for (let index = 1; index <= count; index++) {
    const joinedAt = new Date(Date.now() - 100_000 + index * 1000).toISOString();
    server().others.push(other(`Guest ${index}`, { joinedAt }));
  }
}

/** Nobody else speaks from here on. */
function speaks(index: number | null): void {
  for (const [at, entry] of server().others.entries()) entry.isSpeaking = at === index;
  server().sayRoster();
}

describe('the layout', () => {
  it('is a gallery in which all are alike, or one with the speaker large, after two seconds of speech', async () => {
    addPeople(4);
    await join();
    expect(await largest()).toBeNull();
    await chooseLayout(/^Speaker/);
    speaks(1);
    await expect.poll(largest).toBe('Guest 2');
    speaks(2);
    const beganMs = Date.now();
    await expect.poll(largest, { timeout: 6_000 }).toBe('Guest 3');
    expect(Date.now() - beganMs).toBeGreaterThan(1_900);
  });

  it('is remembered for the browser, and kept with pin and page when the connection is lost', async () => {
    addPeople(12);
    await join();
    await chooseLayout(/^Speaker/);
    await page().getByRole('button', { name: 'Next page of people' }).click();
    await tiles().filter({ hasText: 'Guest 12' }).hover();
    await button('Pin Guest 12', true).click();
    await expect.poll(largest).toBe('Guest 12');
    server().dropSocket();
    await expect.poll(() => server().messages.filter(({ type }) => type === 'join').length).toBeGreaterThan(1);
    await page().getByText('The connection was lost').waitFor({ state: 'detached' });
    expect(await largest()).toBe('Guest 12');
    await button('Unpin Guest 12', true).click();
    await page().reload();
    await join();
    await button('Layout: Speaker').waitFor();
  });

  it('has pages for those who find no room', async () => {
    addPeople(12);
    await join();
    expect(await seen()).toHaveLength(10);
    await page().getByText('Page 1 of 2').waitFor();
    await button('Next page of people').click();
    await page().getByText('Page 2 of 2').waitFor();
    expect((await seen()).map(({ words }) => words)).toEqual(['Guest 10', 'Guest 11', 'Guest 12', 'You']);
    expect(await button('Next page of people').isDisabled()).toBe(true);
  });
});

it('tells the server whom it shows and how high, so that those videos come', async () => {
  addPeople(12);
  await join();
  const shown = () => {
    const views = server().messages.flatMap((message) => (message.type === 'view' ? message.view : []));
    const nameOf = (id: string) => server().others.find(({ participantId }) => participantId === id)?.name;
    return views.at(-1)?.videos.map(({ participantId, heightPx }) => ({ name: nameOf(participantId), heightPx })) ?? [];
  };
  await expect.poll(() => shown().length).toBe(9);
  await tiles().filter({ hasText: 'Guest 9' }).hover();
  await button('Pin Guest 9', true).click();
  await expect.poll(() => shown()[0]?.name).toBe('Guest 9');
  const [large, small] = shown();
  expect(large?.heightPx).toBeGreaterThan(2 * (small?.heightPx ?? Number.POSITIVE_INFINITY));
  await button('Next page of people').click();
  await expect.poll(() => shown().map(({ name }) => name)).toEqual(['Guest 9', 'Guest 10', 'Guest 11', 'Guest 12']);
});

describe('a pin', () => {
  it('shows somebody large for oneself alone, before whom a host shows and whoever speaks', async () => {
    addPeople(4);
    const [first, second] = server().others;
    if (!first || !second) throw new Error('nobody');
    server().talk.controls = { ...server().talk.controls, spotlight: second.participantId };
    first.isSpeaking = true;
    await join();
    await expect.poll(largest).toBe('Guest 2');
    await button(/^People/).click();
    await button('Actions for Guest 3').click();
    await dialog('Guest 3').getByRole('button', { name: /^Pin/ }).click();
    await expect.poll(largest).toBe('Guest 3');
    await button('Actions for Guest 3').click();
    await dialog('Guest 3').getByRole('button', { name: 'Unpin' }).click();
    await expect.poll(largest).toBe('Guest 2');
    expect(server().messages.filter(({ type }) => type === 'control')).toEqual([]);
  });
});

describe('one’s own picture', () => {
  it('stands among the others, in their corner, or nowhere', async () => {
    addPeople(3);
    await join();
    expect(new Set((await seen()).map(({ width }) => width)).size).toBe(1);
    await button(/^Layout/).click();
    await dialog('Layout').getByRole('button', { name: 'In the corner' }).click();
    await expect.poll(async () => (await seen()).at(-1)?.width).toBeLessThan(300);
    const [others, own] = [(await seen()).slice(0, -1), (await seen()).at(-1)];
    expect(own?.words).toContain('You');
    expect(own?.right).toBeLessThan(Math.max(...others.map(({ right }) => right)));
    await button(/^Layout/).click();
    await dialog('Layout').getByRole('button', { name: 'Hidden' }).click();
    await expect.poll(async () => (await seen()).length).toBe(3);
    await page().reload();
    await join();
    expect(await seen()).toHaveLength(3);
  });

  it('stands in the corner of the only other one’s', async () => {
    addPeople(1);
    await join();
    expect(await largest()).toBe('Guest 1');
  });
});

describe.each([
  ['wide and light, in English', 1280, 'light', 'en'],
  ['at phone width and dark, in Chinese', 390, 'dark', 'zh-CN'],
] as const)('the stage %s', (_title, width, scheme, lang) => {
  it('serves everybody and fits its width', async () => {
    addPeople(12);
    await page().setViewportSize({ width, height: 844 });
    await join(`?scheme=${scheme}&lang=${lang}`);
    await page().locator('.tile').first().waitFor();
    const check = async () => {
      expect(await seriousViolations(page())).toEqual([]);
      const overflowPx = await page().evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflowPx).toBe(0);
    };
    await check();
    await button(/^Layout|^布局/).click();
    await page().getByRole('dialog').waitFor();
    await check();
    await page()
      .getByRole('dialog')
      .getByRole('button', { name: /^Speaker|^演讲者/ })
      .click();
    await check();
  });
});
