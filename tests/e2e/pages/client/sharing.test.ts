import type { RosterEntry, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openMeetingForEach } from './client-tests.ts';
import { actionsOf, other } from './fixture.ts';

/** Sharing in the built client, over a stand-in for the fleet; the pictures themselves are in tests/e2e/signalling. */
const { page, server, button, dialog, join, joinAsHost, prepare } = openMeetingForEach();
const startedAt = new Date().toISOString();
const alert = (words: string) => page().getByRole('alert').filter({ hasText: words });
const shares = () => server().messages.filter((message) => message.type === 'share');

/** Mika is here and shares. */
function mikaShares(change: Partial<RosterEntry> = {}): RosterEntry {
  const mika = other('Mika Sato', { kind: 'person', role: 'member', ...change });
  server().others.push(mika);
  server().talk.content = { kind: 'screen', participantId: mika.participantId, startedAt };
  return mika;
}

function sayContent(content: Extract<ServerMessage, { type: 'meeting' }>['content']): void {
  const { controls } = server().talk;
  const { number, subject, startAt, endAt } = server().door;
  server().say({
    ...{ type: 'meeting', revision: 1, controls, content },
    meeting: { meetingId: 'mtg_1', number, subject, startAt, endAt },
  });
}

describe('sharing', () => {
  it('says as long as it lasts that one shares, and stops', async () => {
    await join();
    await button('Share', true).click();
    await page()
      .getByText(/^You are sharing/)
      .waitFor();
    expect(shares()).toMatchObject([{ takesOver: false }]);
    expect(await seriousViolations(page())).toEqual([]);
    await page().getByRole('main').getByRole('button', { name: 'Stop sharing' }).click();
    await button('Share', true).waitFor();
    await expect.poll(() => actionsOf(server())).toMatchObject([{ kind: 'stopShare' }]);
    expect(
      await page()
        .getByText(/^You are sharing/)
        .count(),
    ).toBe(0);
  });

  it('says who ended it', async () => {
    await join();
    await button('Share', true).click();
    await page()
      .getByText(/^You are sharing/)
      .waitFor();
    server().say({ type: 'shareEnded', reason: 'stopped' });
    await alert('A host stopped your share.').waitFor();
    await button('Dismiss').click();
    expect(await alert('A host stopped your share.').count()).toBe(0);
    await button('Share', true).waitFor();
  });

  it('says why the meeting does not take it', async () => {
    server().shareRefusal = 'media_unavailable';
    await join();
    await button('Share', true).click();
    await alert('The meeting could not take what you share.').waitFor();
    await button('Share', true).waitFor();
  });

  it('comes back with a connection that was lost', async () => {
    await join();
    await button('Share', true).click();
    await page()
      .getByText(/^You are sharing/)
      .waitFor();
    server().dropSocket();
    await expect.poll(() => shares().length).toBe(2);
    expect(server().messages.findLast((message) => message.type === 'join')).toMatchObject({ isSharing: true });
    await page()
      .getByText(/^You are sharing/)
      .waitFor();
  });

  it('is refused where only hosts share, before anything is chosen', async () => {
    server().talk.controls = { ...server().talk.controls, canShare: false };
    await join();
    await button('Share', true).click();
    await alert('Only the host and co-hosts share in this meeting.').waitFor();
    expect(shares()).toEqual([]);
  });

  it('asks before it takes over, and does not take over from a host', async () => {
    const mika = mikaShares();
    await join();
    await button('Share', true).click();
    await dialog('Mika Sato is sharing').getByRole('button', { name: 'Cancel' }).click();
    expect(shares()).toEqual([]);
    await button('Share', true).click();
    await dialog('Mika Sato is sharing').getByRole('button', { name: 'Share instead' }).click();
    await page()
      .getByText(/^You are sharing/)
      .waitFor();
    expect(shares()).toMatchObject([{ takesOver: true }]);
    server().say({ type: 'shareEnded', reason: 'taken_over' });
    await alert('Somebody else is sharing now.').waitFor();
    Object.assign(mika, { role: 'host' });
    server().sayRoster();
    await button('Share', true).click();
    await alert('A host is sharing.').waitFor();
    expect(shares()).toHaveLength(1);
  });
});

describe('what somebody else shares', () => {
  it('stands large, with their name, until it ends', async () => {
    mikaShares();
    await join();
    const tile = page().getByRole('listitem').filter({ hasText: 'Shared by Mika Sato' });
    await tile.getByText('What Mika Sato shares is on its way.').waitFor();
    expect(await seriousViolations(page())).toEqual([]);
    const large = await tile.boundingBox();
    const small = await page().getByRole('listitem').filter({ hasText: /^MS/ }).boundingBox();
    expect(large && small && large.width > 3 * small.width).toBe(true);
    // Only hosts end what others share.
    expect(await button('Stop what Mika Sato shares').count()).toBe(0);
    sayContent(null);
    await tile.waitFor({ state: 'detached' });
    await page().getByText('Nothing is shared any more.').waitFor({ state: 'attached' });
  });

  it('is ended by a host, on its tile and in the list of people', async () => {
    const { participantId } = mikaShares();
    await joinAsHost();
    await button('Stop what Mika Sato shares').click();
    await button('People').click();
    await button('Actions for Mika Sato').click();
    await dialog('Mika Sato').getByRole('button', { name: 'Stop sharing' }).click();
    await button('Only hosts share').click();
    await expect
      .poll(() => actionsOf(server()))
      .toEqual([
        { kind: 'stopShare', participantId },
        { kind: 'stopShare', participantId },
        { kind: 'allowSharing', isAllowed: false },
      ]);
  });
});

describe('on a phone', () => {
  it('says that it cannot be done there', async () => {
    await page().setViewportSize({ width: 390, height: 844 });
    await prepare(() => Object.assign(MediaDevices.prototype, { getDisplayMedia: undefined }));
    await join();
    await button('More').click();
    const line = dialog('More').getByRole('button', { name: /^Share/ });
    await line.getByText('This browser cannot share a screen.').waitFor();
    expect(await line.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('opening a whiteboard', () => {
  const openLine = async () => {
    await button('More').click();
    return dialog('More').getByRole('button', { name: /^Open a whiteboard/ });
  };

  it('asks before it pushes a share aside', async () => {
    mikaShares();
    await join();
    await (await openLine()).click();
    await dialog('Mika Sato is sharing').getByRole('button', { name: 'Cancel' }).click();
    expect(actionsOf(server())).toEqual([]);
    await dialog('More')
      .getByRole('button', { name: /^Open a whiteboard/ })
      .click();
    await dialog('Mika Sato is sharing').getByRole('button', { name: 'Share instead' }).click();
    await expect.poll(() => actionsOf(server())).toEqual([{ kind: 'openWhiteboard', takesOver: true }]);
  });

  it('says why a guest cannot while a host shares', async () => {
    mikaShares({ role: 'host' });
    await join();
    const line = await openLine();
    await line.getByText(/host/i).waitFor();
    expect(await line.getAttribute('aria-disabled')).toBe('true');
    await line.click({ force: true });
    expect(actionsOf(server())).toEqual([]);
  });
});
