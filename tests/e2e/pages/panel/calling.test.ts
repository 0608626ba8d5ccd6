import { newId } from '@anteroom/shared/ids.ts';
import { nobodyChosen } from '@anteroom/shared/meeting/calling.ts';
import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createFixtures, inChinese, midMorning } from '../../../../device/panel/src/testing/fixtures.ts';
import { seriousViolations } from '../../../harness/axe.ts';
import { sharePanel } from './open-panel.ts';

/** A room that hosts calls others in by touch, and follows who was called. */
const states = createFixtures(midMorning);
const group = <T>(...items: T[]) => ({ items, hasMore: false });
const mika = { accountId: newId('account'), name: 'Mika Sato', department: 'Hardware design', isHere: false };
const here = { accountId: newId('account'), name: 'Lin Yuehan', department: null, isHere: true };
const juniper = { terminalId: newId('terminal'), name: 'Juniper', space: 'Shanghai, 4th floor', isHere: false };
const found = {
  people: { items: [here, mika], hasMore: true },
  departments: group({ departmentId: newId('department'), name: 'Hardware design', parent: 'Products' }),
  terminals: group(juniper),
  contacts: group({ contactId: newId('contact'), name: 'Edda Glass', company: 'Glass & Sons', hasMail: false }),
};
const control = (action: ControlAction) => ({ kind: 'control' as const, action });

const panel = sharePanel({ state: states.free, context: { reducedMotion: 'reduce' } });
beforeEach(async () => {
  const { page, server } = panel;
  server.show(states.free);
  await page.getByRole('heading', { name: 'Nothing is planned' }).waitFor();
  server.touches.length = 0;
  server.searches.length = 0;
  server.found = { found, refusal: null };
});
const sheet = () => panel.page.getByRole('dialog', { name: /Add people|添加与会者/u });
const row = (name: RegExp) => sheet().locator('.adding-row').filter({ hasText: name });
const type = async (words: string) => {
  for (const key of words) {
    const name = key === ' ' ? 'Space' : key;
    await sheet().getByRole('group', { name: 'Keyboard' }).getByRole('button', { name, exact: true }).click();
  }
};
const openSheet = async () => {
  panel.server.show(states.hosting);
  await panel.page.getByRole('button', { name: 'Add', exact: true }).click();
  await sheet().waitFor();
};

describe('a room that hosts', () => {
  test('finds by its own keys, calls a colleague and a room with one touch, and the sheet closes', async () => {
    await openSheet();
    await sheet().getByText('5 found').waitFor();
    await type('mika s');
    await vi.waitFor(() => expect(panel.server.searches.at(-1)).toBe('mika s'));
    await sheet().getByRole('button', { name: 'Delete the last character' }).click();
    expect(await sheet().getByRole('searchbox').inputValue()).toBe('mika ');
    expect(await row(/Lin Yuehan/).getAttribute('aria-disabled')).toBe('true');
    // Playwright itself presses nothing that is disabled.
    await row(/Lin Yuehan/).dispatchEvent('click');
    await sheet().getByText('Touch whom to call').waitFor();
    await row(/Mika Sato/).click();
    await row(/Juniper/).click();
    await row(/Edda Glass/).click();
    await sheet().getByRole('button', { name: 'Take Edda Glass off' }).click();
    await sheet().getByRole('button', { name: 'Call 2' }).click();
    await sheet().waitFor({ state: 'detached' });
    const callees = { ...nobodyChosen, accounts: [mika.accountId], terminals: [juniper.terminalId] };
    expect(panel.server.touches).toEqual([control({ kind: 'call', callees })]);
  }, 30_000);

  test('types a number that nothing reaches yet, and stays to read why it was refused', async () => {
    await openSheet();
    await type('22123456');
    await sheet().getByText('Type it with its country code').waitFor();
    for (let count = 0; count < 8; count++)
      await sheet().getByRole('button', { name: 'Delete the last character' }).click();
    await type('+4722123456');
    await row(/Telephones are not reachable yet/).click();
    panel.server.refuseTouches(true);
    await sheet().getByRole('button', { name: 'Call', exact: true }).click();
    await panel.page.getByRole('alert').filter({ hasText: 'The service is starting.' }).waitFor();
    panel.server.refuseTouches(false);
    await sheet().getByRole('button', { name: 'Call', exact: true }).click();
    await sheet().waitFor({ state: 'detached' });
    const callees = { ...nobodyChosen, numbers: ['+4722123456'] };
    expect(panel.server.touches).toEqual([control({ kind: 'call', callees })]);
  }, 30_000);

  test('reads in words why there is no directory, and tries again where that helps', async () => {
    panel.server.found = { found: null, refusal: 'no_directory' };
    await openSheet();
    await sheet().getByText('you belong to none').waitFor();
    expect(await sheet().getByRole('button', { name: 'Try again' }).count()).toBe(0);
    panel.server.found = { found: null, refusal: 'too_slow' };
    await type('a');
    await sheet().getByText('The directory did not answer in time.').waitFor();
    panel.server.found = { found, refusal: null };
    await sheet().getByRole('button', { name: 'Try again' }).click();
    await sheet().getByText('5 found').waitFor();
  }, 30_000);

  test('hangs up, calls again and takes off the list, each with one touch', async () => {
    const { page, server } = panel;
    server.show(states.calling);
    await page.getByText('Ringing…').waitFor();
    for (const name of ['Hang up: Mika Sato', /^Call again: /u, 'Take off the list: +4722123456'])
      await page.getByRole('button', { name }).click();
    await vi.waitFor(() =>
      expect(server.touches).toEqual([
        control({ kind: 'hangUp', whom: `acc_${'1'.repeat(32)}` }),
        control({ kind: 'callAgain', calleeId: `term_${'2'.repeat(32)}` }),
        control({ kind: 'hangUp', whom: '+4722123456' }),
      ]),
    );
  });
});

test('a room that is a member calls nobody, and sees nobody who was called', async () => {
  const { page, server } = panel;
  const { call } = states.calling;
  if (call.state !== 'in') throw new Error('the fixture is in a meeting');
  const roster = call.roster.map((entry) => ({ ...entry, role: 'member' as const }));
  server.show({ ...states.calling, call: { ...call, roster } });
  await page.getByRole('button', { name: /Mute$/u }).waitFor();
  expect(await page.getByRole('button', { name: 'Add', exact: true }).count()).toBe(0);
  expect(await page.getByText('Ringing…').count()).toBe(0);
});

test.each([
  ['wide and dark, in English', [1280, 800], 'dark', false],
  ['small and light, in Chinese', [1024, 600], 'light', true],
  ['upright and dark, in Chinese', [800, 1280], 'dark', true],
] as const)(
  'the sheet and the list, %s, fit and serve everybody',
  async (title, size, colorScheme, isChinese) => {
    const state = isChinese ? inChinese(states.calling) : states.calling;
    await using opened = await panel.open({
      state,
      size: [...size],
      context: { colorScheme, reducedMotion: 'reduce' },
    });
    const { page, server } = opened;
    server.found = { found, refusal: null };
    const look = async (name: string) => {
      const folder = process.env.ANTEROOM_LOOKS;
      if (folder) await page.screenshot({ path: `${folder}/${title.replaceAll(/\W+/gu, '-')}-${name}.png` });
    };
    expect(await seriousViolations(page)).toEqual([]);
    await look('list');
    await page.getByRole('button', { name: /^(Add|添加)$/u }).click();
    await page.locator('.adding-row').filter({ hasText: 'Mika Sato' }).click();
    expect(await seriousViolations(page)).toEqual([]);
    await look('sheet');
    const keys = await page.locator('.key').evaluateAll((all) => all.map((key) => key.getBoundingClientRect().height));
    expect(Math.min(...keys)).toBeGreaterThanOrEqual(56);
    const call = page.getByRole('button', { name: /^(Call|呼叫 1 项)$/u });
    const box = await call.boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(size[1]);
    expect(opened.faults).toEqual([]);
  },
  30_000,
);
