import { newId } from '@anteroom/shared/ids.ts';
import { type CalledEntry, nobodyChosen } from '@anteroom/shared/meeting/calling.ts';
import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openMeetingForEach } from './client-tests.ts';
import { actionsOf, other } from './fixture.ts';

/** Adding people to a meeting that runs, in the built client, over a stand-in for the fleet. */
const { page, server, button, dialog, join, joinAsHost } = openMeetingForEach();
const people = () => page().getByRole('complementary', { name: /People|与会者/ });
const called = () => people().getByRole('region', { name: /^Called|已呼叫/ });
const adding = () => dialog(/Add people|添加与会者/);
const field = () => adding().getByRole('searchbox');

const mika = { accountId: newId('account'), name: 'Mika Sato', department: 'Hardware design', isHere: false };
const cedar = { terminalId: newId('terminal'), name: 'Cedar', space: 'Shanghai, 4th floor', isHere: false };
const group = <T>(...items: T[]) => ({ items, hasMore: false });

function fillDirectory(): void {
  const here = { accountId: newId('account'), name: 'Lin Yuehan', department: null, isHere: true };
  const found = {
    people: { items: [here, mika], hasMore: true },
    departments: group({ departmentId: newId('department'), name: 'Hardware design', parent: 'Products' }),
    terminals: group(cedar),
    contacts: group({ contactId: newId('contact'), name: 'Edda Glass', company: 'Glass & Sons', hasMail: false }),
  };
  server().directory = { found, refusal: null };
}

const call = (change: Partial<CalledEntry>): CalledEntry => ({
  calleeId: mika.accountId,
  kind: 'person',
  name: 'Mika Sato',
  state: 'ringing',
  since: new Date().toISOString(),
  ...change,
});
const sayCalled = (...entries: CalledEntry[]) => server().say({ type: 'called', called: entries });

async function openAdding(query = ''): Promise<void> {
  await joinAsHost(query);
  await button(/^(People|与会者)/).click();
  await people()
    .getByRole('button', { name: /^(Add|添加)$/ })
    .click();
  await adding().waitFor();
}

describe('a host adds people', () => {
  it('finds a colleague and a room, calls both at once, and follows the calls', async () => {
    fillDirectory();
    await openAdding();
    await field().fill('design');
    await adding().getByText('5 found').waitFor();
    expect(server().messages.filter(({ type }) => type === 'find')).toMatchObject([{ text: 'design' }]);
    expect(await adding().getByRole('group').locator('legend').allTextContents()).toEqual([
      'People',
      'Rooms',
      'Departments',
      'Contacts',
    ]);
    expect(
      await adding()
        .getByRole('checkbox', { name: /Lin Yuehan In the meeting/ })
        .isDisabled(),
    ).toBe(true);
    await adding().getByText('More match. Type more of the name.').waitFor();
    await adding()
      .getByRole('checkbox', { name: /Mika Sato/ })
      .check();
    await adding().getByRole('checkbox', { name: /Cedar/ }).check();
    await adding()
      .getByRole('checkbox', { name: /Edda Glass/ })
      .check();
    await adding().getByRole('button', { name: 'Take Edda Glass off' }).click();
    expect(
      await adding()
        .getByRole('checkbox', { name: /Edda Glass/ })
        .isChecked(),
    ).toBe(false);
    server().controlEffects = [
      { type: 'called', called: [call({}), call({ calleeId: cedar.terminalId, kind: 'terminal', name: 'Cedar' })] },
    ];
    await adding().getByRole('button', { name: 'Call 2' }).click();
    await adding().waitFor({ state: 'detached' });
    server().controlEffects = [];
    expect(actionsOf(server())).toEqual([
      { kind: 'call', callees: { ...nobodyChosen, accounts: [mika.accountId], terminals: [cedar.terminalId] } },
    ]);
    expect(await called().getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('Mika SatoRinging…'),
      expect.stringContaining('CedarRinging…'),
    ]);
    await called().getByRole('button', { name: 'Hang up: Cedar' }).click();
    sayCalled(call({ state: 'declined' }), call({ calleeId: cedar.terminalId, state: 'withdrawn', name: 'Cedar' }));
    await called().getByText('Declined').waitFor();
    await called().getByText('No longer called').waitFor();
    await called().getByRole('button', { name: 'Call again: Mika Sato' }).click();
    sayCalled(call({}));
    await called().getByText('Ringing…').waitFor();
    expect(actionsOf(server()).slice(1)).toEqual([
      { kind: 'hangUp', whom: cedar.terminalId },
      { kind: 'callAgain', calleeId: mika.accountId },
    ]);
    sayCalled();
    await called().waitFor({ state: 'detached' });
  });

  it('calls a typed number, which nothing reaches yet', async () => {
    await openAdding();
    await field().fill('22 12 34 56');
    const withoutCountry = adding().getByRole('checkbox', { name: /22 12 34 56 Type it with its country code/ });
    await withoutCountry.waitFor();
    expect(await withoutCountry.isDisabled()).toBe(true);
    await field().fill('+47 22 12 34 56');
    await adding()
      .getByRole('checkbox', { name: /\+47 22 12 34 56 Telephones are not reachable yet/ })
      .check();
    server().controlRefusal = 'number_invalid';
    await adding().getByRole('button', { name: 'Call', exact: true }).click();
    await adding().getByRole('alert').filter({ hasText: 'This phone number does not exist.' }).waitFor();
    server().controlRefusal = null;
    const number = call({ calleeId: '+4722123456', kind: 'number', name: '+4722123456', state: 'notReachableYet' });
    server().controlEffects = [{ type: 'called', called: [number] }];
    await adding().getByRole('button', { name: 'Call', exact: true }).click();
    await called().getByText('Not reachable yet').waitFor();
    expect(actionsOf(server()).at(-1)).toEqual({
      kind: 'call',
      callees: { ...nobodyChosen, numbers: ['+47 22 12 34 56'] },
    });
    server().controlEffects = [{ type: 'called', called: [] }];
    await called().getByRole('button', { name: 'Take off the list: +4722123456' }).click();
    await called().waitFor({ state: 'detached' });
    expect(actionsOf(server()).at(-1)).toEqual({ kind: 'hangUp', whom: '+4722123456' });
    server().controlEffects = [];
  });

  it('works by keyboard alone, and gives the focus back', async () => {
    fillDirectory();
    await joinAsHost();
    await button(/^People/).click();
    const opener = people().getByRole('button', { name: 'Add', exact: true });
    await opener.focus();
    const { keyboard } = page();
    await keyboard.press('Enter');
    await expect.poll(() => field().evaluate((element) => element === document.activeElement)).toBe(true);
    await keyboard.type('design');
    await adding().getByText('5 found').waitFor();
    // Whoever is here already is passed over.
    await keyboard.press('Enter');
    await button('Take Mika Sato off').waitFor();
    expect(await field().inputValue()).toBe('');
    await keyboard.type('room');
    await adding().getByText('5 found').waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await button('Take Cedar off').waitFor();
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowUp');
    await keyboard.press('ControlOrMeta+A');
    await keyboard.press('Backspace');
    await button('Take Cedar off').waitFor();
    await keyboard.press('Backspace');
    await button('Take Cedar off').waitFor({ state: 'detached' });
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await adding().waitFor({ state: 'detached' });
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(actionsOf(server())).toEqual([{ kind: 'call', callees: { ...nobodyChosen, accounts: [mika.accountId] } }]);
  });

  it('says who was not found, and why a search did not come through', async () => {
    await openAdding();
    await adding().getByLabel('Link', { exact: true }).waitFor();
    await field().fill('Nobody');
    await adding().getByText('Nobody and nothing in the directory matches “Nobody”.').waitFor();
    server().directory = { found: null, refusal: 'too_slow' };
    await field().fill('Mika');
    await adding().getByText('The directory did not answer in time.').waitFor();
    fillDirectory();
    await adding().getByRole('button', { name: 'Try again' }).click();
    await adding()
      .getByRole('checkbox', { name: /Mika Sato/ })
      .waitFor();
    server().directory = { found: null, refusal: 'no_directory' };
    await field().fill('Mika S');
    await adding().getByText('you belong to none, or to another').waitFor();
    expect(await adding().getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect(await adding().getByLabel('Link', { exact: true }).inputValue()).toBe(server().url);
  });

  it('hangs up on somebody inside, who may come back', async () => {
    const target = other('Jonas Weber', { kind: 'person', role: 'member' });
    server().others.push(target);
    await joinAsHost();
    await button(/^People/).click();
    await button('Actions for Jonas Weber').click();
    await dialog('Jonas Weber')
      .getByRole('button', { name: 'Hang up They leave now, and can come back or be called again.' })
      .click();
    await expect.poll(() => actionsOf(server())).toEqual([{ kind: 'hangUp', whom: target.participantId }]);
  });
});

describe('the invitation', () => {
  it.each(['member', 'guest'] as const)('is all that a %s has, with number, link and code', async (role) => {
    server().own = { role };
    await join();
    await button(/^People/).click();
    expect(await people().getByRole('button', { name: 'Add', exact: true }).count()).toBe(0);
    sayCalled(call({}));
    await page().context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await people().getByRole('button', { name: 'Invite', exact: true }).click();
    const invitation = dialog('Invite others');
    expect(await invitation.getByRole('searchbox').count()).toBe(0);
    expect(await invitation.getByLabel('Meeting number').inputValue()).toBe('418\u00a0205\u00a0736');
    await invitation.getByRole('img', { name: 'Code with the link to this meeting' }).waitFor();
    await invitation.getByRole('button', { name: 'Copy the link' }).click();
    await invitation.getByRole('status').filter({ hasText: 'Copied' }).waitFor({ state: 'attached' });
    expect(await page().evaluate(() => navigator.clipboard.readText())).toBe(server().url);
    expect(await called().count()).toBe(0);
  });
});

describe.each([
  ['en', 'a desktop', 1280, 800],
  ['zh-CN', 'a phone', 390, 844],
] as const)('in %s on %s', (lang, _device, width, height) => {
  it('is accessible and fits', async () => {
    await page().setViewportSize({ width, height });
    fillDirectory();
    await openAdding(`?lang=${lang}`);
    const check = async () => {
      expect(await seriousViolations(page())).toEqual([]);
      expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    };
    await check();
    await field().fill('design');
    await adding()
      .getByRole('checkbox', { name: /Mika Sato/ })
      .check();
    await check();
    const { language } = await page().evaluate(() => ({ language: document.documentElement.lang }));
    expect(language).toBe(lang);
    await page().keyboard.press('Escape');
    sayCalled(
      call({}),
      call({ calleeId: cedar.terminalId, kind: 'terminal', name: 'Cedar', state: 'missed' }),
      call({ calleeId: '+4722123456', kind: 'number', name: '+4722123456', state: 'notReachableYet' }),
    );
    await called().waitFor();
    await check();
  });
});
