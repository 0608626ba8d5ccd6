import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openMeetingForEach } from './client-tests.ts';
import { actionsOf, other } from './fixture.ts';

/** The keyboard in a meeting, in the built client, over a stand-in for the fleet. */
const { page, server, button, dialog, join } = openMeetingForEach();
const press = (key: string) => page().keyboard.press(key);
const people = () => page().getByRole('complementary', { name: 'People' });

async function joinWithout(): Promise<void> {
  server().others.push(other('Mika Sato'), other('Jonas Weber'));
  await join();
  // The Join button that was pressed is gone, and with it the focus.
  await page()
    .locator('body')
    .click({ position: { x: 400, y: 30 } });
}

describe('a key', () => {
  it('mutes and unmutes, stops and starts the camera, and opens what stands beside the meeting', async () => {
    await joinWithout();
    await press('m');
    await button(/Unmute$/).waitFor();
    await press('m');
    await button(/Mute$/).waitFor();
    await press('v');
    await button('Start camera').waitFor();
    await press('p');
    await people().waitFor();
    await press('c');
    await page().getByRole('complementary', { name: 'Chat' }).waitFor();
    // The chat's field has the focus now: what is written there is written.
    await page().getByLabel('Message to everybody').fill('');
    await page().keyboard.type('mph ?');
    expect(await page().getByLabel('Message to everybody').inputValue()).toBe('mph ?');
    expect(actionsOf(server())).toEqual([]);
  });

  it('raises the hand, and lays the stage out', async () => {
    await joinWithout();
    await press('h');
    await expect.poll(() => actionsOf(server())).toEqual([{ kind: 'raiseHand', isRaised: true }]);
    await button(/Gallery/).waitFor();
    await press('l');
    await button(/Speaker/).waitFor();
  });

  it('held down, opens a muted microphone for as long as it is held', async () => {
    await joinWithout();
    await press('m');
    await button(/Unmute$/).waitFor();
    await page().keyboard.down(' ');
    await button(/Mute$/).waitFor();
    await page().keyboard.up(' ');
    await button(/Unmute$/).waitFor();
  });

  it('lists all of them, which serves everybody and closes with Escape', async () => {
    await joinWithout();
    await press('?');
    await dialog('Keyboard').getByText('Speak while it is held').waitFor();
    expect(await seriousViolations(page())).toEqual([]);
    await press('m');
    await press('Escape');
    await dialog('Keyboard').waitFor({ state: 'detached' });
    // Behind an open dialog no key reaches the meeting.
    await button(/Mute$/).waitFor();
  });
});
