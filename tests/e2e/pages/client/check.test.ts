import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openMeetingForEach } from './client-tests.ts';

/** The page that says why somebody cannot join, hear or be heard. Its way to a real media server: tests/e2e/check.test.ts. */
const { page, server, button, dialog, join, prepare } = openMeetingForEach();
const checkUrl = (query = '') => new URL(`/m/check${query}`, server().url).href;
const row = (name: string) => page().getByRole('listitem').filter({ hasText: name });

/**
 * Instead of Chromium's beeps and test picture: what the microphone hears, and what the camera sees. The page's clock
 * runs four times as fast, so that a test which listens for eight seconds is over after two.
 */
async function plugIn(sound: 'voice' | 'silence' | 'beeps', picture: 'lit' | 'black' = 'lit'): Promise<void> {
  await prepare(
    (wanted) => {
      const { setTimeout: later } = window;
      Object.assign(window, { setTimeout: (run: () => void, ms = 0) => later(run, ms / 4) });
      navigator.mediaDevices.getUserMedia = async ({ audio, video } = {}) => {
        const context = new AudioContext();
        const tone = context.createOscillator();
        const gain = context.createGain();
        const out = context.createMediaStreamDestination();
        tone.connect(gain).connect(out);
        tone.start();
        gain.gain.value = 0;
        // Syllables of 250 ms, or beeps of 20 ms.
        const [onS, everyS] = wanted.sound === 'voice' ? [0.25, 0.35] : [0.02, 0.5];
        for (let at = 1; wanted.sound !== 'silence' && at < 30; at += everyS) {
          gain.gain.setValueAtTime(0.2, at);
          gain.gain.setValueAtTime(0, at + onS);
        }
        const canvas = document.createElement('canvas');
        const drawing = canvas.getContext('2d');
        const draw = () => {
          if (!drawing) return;
          drawing.fillStyle = '#000';
          drawing.fillRect(0, 0, canvas.width, canvas.height);
          drawing.fillStyle = wanted.picture === 'lit' ? '#fff' : '#000';
          drawing.fillRect((performance.now() / 10) % canvas.width, 0, 40, canvas.height);
        };
        setInterval(draw, 50);
        draw();
        const tracks = [
          ...(audio ? out.stream.getAudioTracks() : []),
          ...(video ? canvas.captureStream(20).getVideoTracks() : []),
        ];
        return new MediaStream(tracks);
      };
    },
    { sound, picture },
  );
}

async function runTo(answer: 'Yes, I hear it' | 'No'): Promise<void> {
  await button('Start the tests').click();
  await button(answer, true).click({ timeout: 25_000 });
  await button('Test again').waitFor({ timeout: 25_000 });
}

describe('the tests of this side', () => {
  it('find that all works, and let camera and microphone go', async () => {
    await plugIn('voice');
    await page().goto(checkUrl(`?number=${server().door.number}`));
    await runTo('Yes, I hear it');
    await page().getByText('Everything that was tested works').waitFor();
    await row('Microphone').getByText('Your voice is heard.').waitFor();
    await row('Speaker').getByText('You hear the speaker.').waitFor();
    await row('Camera').getByText('The camera gives a moving picture.').waitFor();
    await row('Meeting service')
      .getByText(/answers in \d+ ms/)
      .waitFor();
    await row('Picture and sound').getByText('Not tested', { exact: true }).waitFor();
    await row('The meeting').getByText('The door is open.').waitFor();
    expect(await page().locator('video').count()).toBe(0);
    expect(server().messages.map(({ type }) => type)).toContain('probe');
    expect(server().messages.map(({ type }) => type)).not.toContain('join');
  });

  it('take beeps for no voice, a closed lid for no picture, and the person’s word for the speaker', async () => {
    await plugIn('beeps', 'black');
    await page().goto(checkUrl());
    await runTo('No');
    await page().getByText('1 thing keeps you from meeting').waitFor();
    await row('Microphone').getByText('Only noise or short sounds came, no voice.').waitFor();
    await row('Camera').getByText('The camera’s picture is black.').waitFor();
    await row('Speaker').getByText('you did not hear it').waitFor();
    await row('Speaker').getByText('You can end this.').waitFor();
    await row('The meeting').getByText('Not tested: come here from a meeting’s door').waitFor();
  });

  it('tell silence from noise, and a meeting that is locked now, whatever the last try was told', async () => {
    await plugIn('silence');
    server().outlook = { outcome: 'refused', reason: 'meeting_locked' };
    await page().goto(checkUrl(`?number=${server().door.number}&refused=room_full`));
    await runTo('Yes, I hear it');
    await row('Microphone').getByText('gives no sound at all').waitFor();
    await row('The meeting').getByText('The host locked this meeting').waitFor();
  });

  it.each([
    ['NotAllowedError', 'Permission', 'Press the sign beside the address'],
    ['NotReadableError', 'Microphone', 'Another program uses the microphone.'],
    ['NotFoundError', 'Microphone', 'No microphone was found.'],
  ])('say what to do about %s', async (name, check, words) => {
    await prepare((errorName) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', errorName));
    }, name);
    await page().goto(checkUrl());
    await runTo('Yes, I hear it');
    await row(check).getByText(words).waitFor();
  });

  it('say that sound is held back', async () => {
    await plugIn('voice');
    await prepare(() => {
      HTMLAudioElement.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await page().goto(checkUrl());
    await button('Start the tests').click();
    await row('Speaker').getByText('The browser holds sound back.').waitFor();
  });

  it('can be stopped at once', async () => {
    await plugIn('silence');
    await page().goto(checkUrl());
    await button('Start the tests').click();
    await page().getByText('Say a few words').waitFor();
    await button('Stop').click();
    await button('Start the tests').waitFor();
    expect(await page().getByText('Say a few words').count()).toBe(0);
  });
});

describe('the test of the meeting', () => {
  it('says why the door would not open', async () => {
    await plugIn('voice');
    server().outlook = { outcome: 'refused', reason: 'meeting_locked' };
    server().refusal = 'meeting_locked';
    await page().goto(server().url);
    await page().getByRole('textbox').fill('Chen Rui');
    await button('Join').click();
    await page().getByRole('alert').filter({ hasText: 'The host locked this meeting' }).waitFor();
    await page().getByRole('link', { name: 'Trouble with sound, picture or joining?' }).click();
    await runTo('Yes, I hear it');
    await row('The meeting').getByText('The host locked this meeting').waitFor();
    await row('The meeting').getByText('The host can end this.').waitFor();
    await page().getByRole('link', { name: 'Back to the meeting' }).click();
    await button('Join').waitFor();
  });
});

it('copies the result without anything that is somebody’s', async () => {
  await plugIn('voice');
  await page().context().grantPermissions(['clipboard-read', 'clipboard-write', 'camera', 'microphone']);
  await page().goto(checkUrl(`?number=${server().door.number}`));
  await runTo('Yes, I hear it');
  await button('Copy the result for support').click();
  await page().getByText('Copied. Paste it').waitFor();
  const report = await page().evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('microphone: good (microphone.good)');
  expect(report).not.toContain(server().door.number);
  expect(report).not.toContain(server().door.subject);
});

it('is reached from the meeting’s menu, in a tab of its own', async () => {
  await join();
  await button('More').click();
  const opening = page().context().waitForEvent('page');
  await dialog('More')
    .getByRole('button', { name: /^Trouble with/ })
    .click();
  const tests = await opening;
  await tests.getByRole('heading', { name: 'Why can I not join, hear or be heard?' }).waitFor();
  await tests.close();
  await button('Leave').waitFor();
});

it('is reached where a link leads nowhere', async () => {
  await page().goto(server().url.replace(/\d{9}$/, '999999999'));
  await page().getByRole('link', { name: 'Trouble with sound, picture or joining?' }).click();
  await button('Start the tests').waitFor();
});

describe.each([
  [1280, 'light', 'en', 'Start the tests', 'No', 'Test again'],
  [390, 'dark', 'zh-CN', '开始检测', '听不到', '重新检测'],
  [360, 'light', 'en', 'Start the tests', 'No', 'Test again'],
] as const)('at %i px (%s, %s)', (width, scheme, lang, start, no, again) => {
  it('serves everybody and fits its width, before, during and after the tests', async () => {
    await plugIn('voice');
    await page().setViewportSize({ width, height: 800 });
    await page().goto(checkUrl(`?scheme=${scheme}&lang=${lang}`));
    const check = async () => {
      expect(await seriousViolations(page())).toEqual([]);
      const overflowPx = () =>
        page().evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(await overflowPx()).toBe(0);
    };
    await button(start).click();
    await button(no, true).waitFor({ timeout: 25_000 });
    await check();
    await button(no, true).click();
    await button(again).waitFor({ timeout: 25_000 });
    await check();
  });
});
