import { newId } from '@anteroom/shared/ids.ts';
import { describe, expect, it } from 'vitest';
import { openMeetingForEach } from './client-tests.ts';
import { actionsOf, other } from './fixture.ts';

/** Hands, reactions, chat and the waiting room in the built client, over a stand-in for the fleet. */
const { page, server, button, dialog, join, joinAsHost } = openMeetingForEach();
const chat = () => page().getByRole('complementary', { name: 'Chat' });
const mika = () => other('Mika Sato', { kind: 'person', role: 'member' });

describe('hands and reactions', () => {
  it('raises the hand, and sends and shows a reaction', async () => {
    const target = mika();
    server().others.push(target);
    await join();
    await button('Raise hand').click();
    await button('React').click();
    await dialog('React').getByRole('button', { name: 'Applause' }).click();
    await expect
      .poll(() => actionsOf(server()))
      .toEqual([
        { kind: 'raiseHand', isRaised: true },
        { kind: 'react', reaction: 'applause' },
      ]);
    server().say({ type: 'reaction', participantId: target.participantId, reaction: 'celebrate' });
    const mark = page().getByRole('img', { name: 'Celebrate' });
    await mark.waitFor();
    await page().getByText('Mika Sato: Celebrate').waitFor({ state: 'attached' });
    await mark.waitFor({ state: 'detached' });
  });
});

describe('the chat', () => {
  const message = (id: number, text: string) => ({
    ...{ id, from: newId('participant'), name: 'Mika Sato', text, at: new Date().toISOString() },
  });

  it('shows what was said, counts what is new, and sends with Enter', async () => {
    server().talk.chat = [message(1, 'Before you came')];
    await join();
    await button('Chat').waitFor();
    server().say({ type: 'chat', chat: message(2, 'See https://example.org/plan.') });
    await button('Chat 1 new').click();
    await chat().getByText('Before you came').waitFor();
    const link = chat().getByRole('link', { name: 'https://example.org/plan' });
    expect(await link.getAttribute('rel')).toContain('noopener');
    await button('Chat', true).waitFor();
    await page().getByLabel('Message to everybody').fill('Thank you');
    await page().keyboard.press('Enter');
    await expect.poll(() => actionsOf(server())).toEqual([{ kind: 'chat', text: 'Thank you' }]);
    await expect.poll(() => page().getByLabel('Message to everybody').inputValue()).toBe('');
  });

  it('keeps the words of a message that was not taken, and says how many are too many', async () => {
    server().controlRefusal = 'failed';
    await join();
    await button('Chat').click();
    const field = page().getByLabel('Message to everybody');
    await field.fill('Not yet');
    await button('Send').click();
    await page().getByRole('alert').filter({ hasText: 'Not sent.' }).waitFor();
    expect(await field.inputValue()).toBe('Not yet');
    await field.fill('x'.repeat(2_003));
    await chat().getByText('3 characters too many').waitFor();
    expect(await button('Send').isDisabled()).toBe(true);
  });

  it('outlives a lost connection with panel and draft', async () => {
    await join();
    await button('Chat').click();
    await page().getByLabel('Message to everybody').fill('Half a thou');
    server().dropSocket();
    await expect.poll(() => server().messages.filter(({ type }) => type === 'join').length).toBe(2);
    await page().getByText('The connection was lost').waitFor({ state: 'detached' });
    expect(await page().getByLabel('Message to everybody').inputValue()).toBe('Half a thou');
  });
});

describe('the waiting room', () => {
  const waits = (name: string) => ({
    ...{ participantId: newId('participant'), name, kind: 'guest' as const, since: new Date().toISOString() },
  });

  it('tells a host who waits, and lets in one or all', async () => {
    const first = waits('Oscar Lund');
    await joinAsHost();
    server().say({ type: 'waiting', waiting: [first] });
    const notice = page().getByRole('status').filter({ hasText: 'Oscar Lund waits to come in' });
    await notice.getByRole('button', { name: 'Admit' }).click();
    server().say({ type: 'waiting', waiting: [first, waits('Pia Holm')] });
    await page().getByText('2 wait to come in').waitFor();
    await button('See who').click();
    const room = page().getByRole('region', { name: 'Waiting room' });
    await room.getByRole('button', { name: 'Admit Pia Holm' }).waitFor();
    await room.getByRole('button', { name: 'Admit all' }).click();
    await room.getByLabel('Message to all who wait').fill('Two minutes, please.');
    await page().keyboard.press('Enter');
    await room.getByText('Sent. They read it at the door.').waitFor();
    expect(actionsOf(server())).toEqual([
      { kind: 'admit', participantId: first.participantId },
      { kind: 'admit', participantId: null },
      { kind: 'tellWaiting', text: 'Two minutes, please.' },
    ]);
  });

  it('shows whoever waits what the host says', async () => {
    server().hold = 'waiting_room';
    await page().goto(server().url);
    await page().getByRole('textbox').fill('Chen Rui');
    await button('Join').click();
    await page().getByText('You are in the waiting room.').waitFor();
    server().say({ type: 'notice', text: 'Two minutes, please.' });
    await page().getByText('From the host: Two minutes, please.').waitFor();
  });
});
