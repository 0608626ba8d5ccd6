import type { Permission } from '@anteroom/shared/identity/roles.ts';
import { newId } from '@anteroom/shared/ids.ts';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { administrator, callOf, emptyState, smallOrganization } from './fixture-data.ts';
import type { FixtureServer } from './fixture-server.ts';
import { sharePage } from './page-tests.ts';

/** The built console over a stand-in for the fleet that keeps to the contract; the real fleet is met by the other tests. */
let page: Page;
const serve = sharePage((opened) => {
  page = opened;
});

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const field = (name: string) => page.getByRole('textbox', { name, exact: true });

async function choose(server: FixtureServer, path: string): Promise<void> {
  await page.goto(server.url + path);
}

async function pick(label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

describe('signing in', () => {
  it('asks for account and password, says what is wrong, and goes on to the page that was asked for', async () => {
    await using server = await serve({ ...smallOrganization(), session: null });
    await choose(server, '/terminals?q=ce');
    await heading('Sign in').waitFor();
    await field('Phone or e-mail').fill('admin@halden.test');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await button('Sign in').click();
    await page.getByRole('alert').filter({ hasText: 'Account or password is wrong' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill('correct horse');
    await button('Sign in').click();
    await heading('Terminals').waitFor();
    expect(page.url()).toBe(`${server.url}/terminals?q=ce`);
  });

  it.each(['/link/one-time', '/?token=one-time'])('takes the one-time link %s', async (path) => {
    await using server = await serve({ ...smallOrganization(), session: null });
    await choose(server, path);
    await heading(/rooms can join/).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('says that a link was used', async () => {
    await using server = await serve({ ...smallOrganization(), session: null });
    await choose(server, '/link/used');
    await page.getByRole('alert').filter({ hasText: 'This sign-in link was used or has expired' }).waitFor();
    await page.getByRole('link', { name: 'Sign in with your password' }).click();
    await heading('Sign in').waitFor();
  });

  it('comes back to the sign-in when the session ended elsewhere', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/spaces');
    await heading('Rooms').waitFor();
    server.state.session = null;
    // At once, or not at all: what the page reads by itself just then can find out first, and take the link away.
    await page.evaluate(() => document.querySelector<HTMLElement>('a[href="/meetings"]')?.click());
    await heading('Sign in').waitFor();
    expect(server.calls.filter((call) => call === 'GET /api/v1/session').length).toBeLessThan(5);
  });

  it.each([
    ['account_deleted', 'Your account has been deleted.'],
    ['removed_from_organization', /^You have been removed from the organization\./],
  ] as const)('is asked for by an open page, which says why the session ended: %s', async (reason, words) => {
    await using server = await serve(smallOrganization());
    await choose(server, '/spaces');
    await heading('Rooms').waitFor();
    await expect.poll(() => server.calls).toContain('GET /api/v1/changes');
    server.endSession(reason);
    await heading('Sign in').waitFor();
    await page.getByRole('status').filter({ hasText: words }).waitFor();
  });

  it('signs out', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/');
    await button('Sign out').click();
    await heading('Sign in').waitFor();
    expect(server.state.session).toBeNull();
  });
});

describe('the overview', () => {
  it('leads with the sentence and lists the worst first', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/');
    await heading('3 of 5 rooms can join a meeting now').waitFor();
    const names = await page.getByRole('table').getByRole('link').allTextContents();
    expect(names).toEqual(['Magnolia', 'Spree', 'Juniper', 'Cedar', 'Orchid']);
  });

  it('shows a field engineer rooms and terminals, and asks for no meetings', async () => {
    const state = smallOrganization();
    const session = { ...administrator, role: 'fieldEngineer' as const };
    await using server = await serve({ ...state, session });
    await choose(server, '/');
    await heading('3 of 5 rooms can join a meeting now').waitFor();
    await page.getByRole('link', { name: 'Cedar' }).click();
    await heading('Cedar').waitFor();
    expect(await page.getByText(/meetings today|Now and next|Next in this room/).count()).toBe(0);
    expect(server.calls).not.toContain('GET /api/v1/meetings');
  });

  it('draws no room as free to an administrator of named departments, whose list of meetings is not the whole', async () => {
    const managedDepartments = [newId('department')];
    const permissions: Permission[] = ['terminals', 'meetings'];
    const session = { ...administrator, role: 'administrator' as const, permissions, managedDepartments };
    await using server = await serve({ ...smallOrganization(), session });
    await choose(server, '/terminals');
    await page.getByRole('link', { name: 'Cedar' }).waitFor();
    expect(await page.getByText('Now and next').count()).toBe(0);
    expect(server.calls).not.toContain('GET /api/v1/meetings');
  });

  it('says what to do first in an empty organization', async () => {
    await using server = await serve(emptyState());
    await choose(server, '/');
    await page.getByText('Pair the first with the code on its screen.').waitFor();
    await page.getByRole('link', { name: 'Pair a terminal' }).click();
    await heading('Pair a terminal').waitFor();
  });

  it('hears of changes by itself, and says when it is not live', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/');
    await page.getByText(/Live, last message/).waitFor();
    for (const terminal of server.state.terminals) terminal.isOnline = false;
    server.tell('terminals');
    await heading('0 of 5 rooms can join a meeting now').waitFor({ timeout: 3000 });
    server.setDown(true);
    await page.getByText('Not live').waitFor();
  });
});

describe('pairing', () => {
  it('goes from a carelessly typed code to a terminal that reported its binding', async () => {
    await using server = await serve(emptyState());
    await choose(server, '/claim');
    await field('Pairing code').fill('acde 3467');
    await button('Look up').click();
    await page.getByText('silver-heron').waitFor();
    await page.getByText('AR10-24C-00499').waitFor();
    await field('Name of the terminal').fill('Cedar');

    await button('New room').click();
    await field('Name of the room').fill('Cedar');
    await field('Site').fill('Shanghai');
    await field('Floor').fill('3');
    await button('Create room').click();
    await expect.poll(() => page.getByRole('combobox', { name: 'Room', exact: true }).inputValue()).toMatch(/^Cedar/);
    await button('New cloud room').click();
    await field('Name of the cloud room').fill('Atlas');
    await button('Create cloud room').click();
    await expect.poll(() => page.getByRole('combobox', { name: 'Cloud room' }).inputValue()).toMatch(/^Atlas/);

    await button('Claim').click();
    await heading('Cedar is being set up').waitFor();
    const [terminal] = server.state.terminals;
    expect(terminal).toMatchObject({ name: 'Cedar', space: { name: 'Cedar' }, room: { name: 'Atlas' } });
    Object.assign(terminal ?? {}, { stage: 'assigned', isOnline: true, seenAt: new Date().toISOString() });
    server.tell('terminals');
    await heading('Cedar is ready').waitFor();
  });

  it('is what the QR code opens, with the code filled in', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/claim?code=ACDE-3467');
    await page.getByText('silver-heron').waitFor();
    await pick('Cloud room', /Atlas Cedar/);
    await page.getByRole('combobox', { name: 'Room', exact: true }).click();
    expect(
      await page.getByRole('option', { name: /Cedar.*has a terminal/ }).getAttribute('aria-disabled'),
    ).not.toBeNull();
  });

  it('says that nobody shows the code', async () => {
    await using server = await serve(emptyState());
    await choose(server, '/claim?code=34679ACD');
    await page.getByRole('alert').filter({ hasText: 'No terminal shows this code' }).waitFor();
  });

  it('knows what cannot be a code before asking', async () => {
    await using server = await serve(emptyState());
    await choose(server, '/claim');
    await field('Pairing code').fill('ABC-0000');
    await button('Look up').click();
    await page.getByText(/This is not a pairing code/).waitFor();
    expect(server.calls).not.toContain('POST /api/v1/pairings/lookup');
  });
});

describe('a terminal', () => {
  it('takes commands and tells what became of them', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, `/terminals/${server.state.terminals[0]?.id}`);
    await button('Identify').click();
    await page.getByRole('listitem').filter({ hasText: 'Identify' }).getByText('Done').waitFor();
  });

  it('shows why a command cannot be given', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, `/terminals/${server.state.terminals[4]?.id}`);
    const mute = button('Mute');
    expect(await mute.getAttribute('aria-disabled')).toBe('true');
    await mute.hover();
    await page.getByRole('tooltip').filter({ hasText: 'The terminal is not in a meeting.' }).waitFor();
  });

  it('is renamed', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, `/terminals/${server.state.terminals[4]?.id}`);
    await page.getByRole('link', { name: 'Change' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change Orchid' });
    await dialog.getByRole('textbox', { name: 'Name of the terminal' }).fill('Lotus');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await heading('Lotus').waitFor();
    expect(server.state.terminals[4]).toMatchObject({ space: { name: 'Orchid' }, room: { name: 'Atlas Orchid' } });
  });

  it('is revoked only by its typed name', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, `/terminals/${server.state.terminals[4]?.id}`);
    await page.getByRole('link', { name: /Revoke this terminal/ }).click();
    const act = button('Revoke terminal');
    expect(await act.isDisabled()).toBe(true);
    await field('Type Orchid to confirm').fill('Orchid');
    await act.click();
    await page.getByText('Its certificate was revoked. Pair the terminal again to use it.').first().waitFor();
  });
});

describe('meetings', () => {
  it('are scheduled, and a conflict is told in words', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/meetings/new');
    await field('Subject').fill('Hinges');
    await pick('Cloud room', /Atlas Orchid/);
    await page.getByLabel('Date', { exact: true }).fill('2031-03-04');
    await page.getByLabel('Time', { exact: true }).fill('10:30');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Shanghai');
    await page.getByRole('option', { name: 'Asia/Shanghai' }).click();
    await button('Schedule meeting').click();
    await heading('Hinges').waitFor();
    expect(server.state.meetings.at(-1)?.startAt).toBe('2031-03-04T02:30:00.000Z');
    expect(await field('Link for guests').inputValue()).toBe('http://fleet.test/m/702118459');

    await choose(server, '/meetings/new');
    await field('Subject').fill('Again');
    await pick('Cloud room', /Atlas Cedar/);
    await page.getByRole('radio', { name: 'Now' }).check();
    await button('Start meeting').click();
    await page.getByRole('alert').filter({ hasText: 'already holds “Design review: door hardware”' }).waitFor();
  });

  it('cannot have what their plan lacks, and say which plan has it', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/meetings/new');
    await pick('Cloud room', /Atlas Orchid/);
    const recording = page.getByRole('checkbox', { name: 'Record automatically' });
    await page.getByText('Not in the Flex plan, but in Flagship.').waitFor();
    expect(await recording.isDisabled()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Watermark with the viewer’s name' }).isDisabled()).toBe(false);
  });

  it('say which field is missing', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/meetings/new');
    await button('Schedule meeting').click();
    await page.getByText('Give a subject of 1 to 80 characters.').waitFor();
    await page.getByText('Choose a cloud room.').waitFor();
    expect(server.calls).not.toContain('POST /api/v1/meetings');
  });

  it('are ended after a question', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, `/meetings/${server.state.meetings[0]?.id}`);
    await button('End for everybody').click();
    const dialog = page.getByRole('dialog', { name: 'End this meeting for everybody?' });
    await dialog.getByText('2 participants leave the meeting at once.').waitFor();
    await dialog.getByRole('button', { name: 'End for everybody' }).click();
    await page.getByText('Over', { exact: true }).waitFor();
  });
});

describe('lists', () => {
  it('search by the address, and say when nothing matches', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/spaces');
    await page.getByRole('searchbox', { name: 'Find a room by name' }).fill('spr');
    await expect.poll(() => new URL(page.url()).search).toBe('?q=spr');
    await expect.poll(() => page.getByRole('table').getByRole('link').allTextContents()).toEqual(['Spree']);
    await page.getByRole('searchbox').fill('xyz');
    await page.getByText('Nothing matches “xyz”. Try fewer letters.').waitFor();
  });

  it('go on page by page, and back with the browser', async () => {
    const state = smallOrganization();
    const [first] = state.spaces;
    if (!first) throw new Error('no space');
    for (let n = state.spaces.length; n < 120; n++)
      state.spaces.push({ ...first, id: `space_${String(n).padStart(32, '0')}`, name: `Room ${n}` });
    await using server = await serve(state);
    await choose(server, '/spaces');
    await page.getByText('1–50 of 120').waitFor();
    await button('Next page').click();
    await page.getByText('51–100 of 120').waitFor();
    await page.goBack();
    await page.getByText('1–50 of 120').waitFor();
  });

  it('say that the fleet does not answer, and try again', async () => {
    await using server = await serve(smallOrganization());
    await choose(server, '/spaces');
    await heading('Rooms').waitFor();
    server.setDown(true);
    await page.getByRole('link', { name: 'Cloud rooms' }).click();
    await page.getByRole('link', { name: 'Meetings' }).click();
    await page.getByRole('alert').filter({ hasText: 'The fleet does not answer' }).waitFor({ timeout: 20_000 });
    server.setDown(false);
    await button('Try again').click();
    await page.getByRole('link', { name: 'Quarter planning' }).waitFor();
  });
});

describe('a call', () => {
  it('rings on every page, opens the client, and says when it was answered elsewhere', async () => {
    await using server = await serve(smallOrganization());
    const { state } = server;
    const [meeting] = state.meetings;
    if (!meeting) throw new Error('the fixture has a meeting');
    await choose(server, '/terminals');
    await heading('Terminals').waitFor();
    // What is told before the page listens is lost.
    await expect.poll(() => server.calls).toContain('GET /api/v1/changes');
    state.rings = [callOf(meeting)];
    server.tell('rings');
    const calls = page.getByRole('region', { name: 'Calls' });
    await calls.getByText('Lin Yuehan calls you into a meeting').waitFor();
    const [client] = await Promise.all([
      page.context().waitForEvent('page'),
      calls.getByRole('link', { name: 'Answer' }).click(),
    ]);
    expect(new URL(client.url()).pathname).toBe(`/m/${meeting.number}`);
    await client.close();
    await calls.getByText('Lin Yuehan').waitFor({ state: 'detached' });
    expect(state.rings).toMatchObject([{ state: 'answered' }]);
    state.rings = [callOf(meeting, { calledAt: new Date(Date.now() + 1).toISOString() })];
    server.tell('rings');
    await calls.getByRole('button', { name: 'Decline' }).waitFor();
    state.rings = state.rings.map((ring) => ({ ...ring, state: 'answered', settledAt: new Date().toISOString() }));
    server.tell('rings');
    await calls.getByText('Answered on another device').waitFor();
    expect(await calls.getByRole('link').count()).toBe(0);
  });

  it('that was missed stands in My meetings until it is put away', async () => {
    await using server = await serve(smallOrganization());
    const [meeting] = server.state.meetings;
    if (!meeting) throw new Error('the fixture has a meeting');
    const settledAt = new Date(Date.now() - 60_000).toISOString();
    server.state.rings = [callOf(meeting, { state: 'missed', settledAt })];
    await choose(server, '/my-meetings');
    await page.getByRole('heading', { name: 'Missed calls' }).waitFor();
    await page.getByRole('link', { name: `Join ${meeting.subject}` }).waitFor();
    await button('Put away the missed call from Lin Yuehan').click();
    await page.getByRole('heading', { name: 'Missed calls' }).waitFor({ state: 'detached' });
  });
});
