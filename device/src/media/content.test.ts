import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@anteroom/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import type { PictureOf } from '../ports/media.ts';
import { findCode, toneLevel } from './test/observe.ts';
import { caption, connectRooms, createRoom, everythingOn, type Room } from './test/rooms.ts';

/** Real processes on a machine that other tests keep busy. */
const patienceMs = 25_000;

describe('what somebody shares, with real media processes', () => {
  test(
    'it stands large at the left with the people beside it, is heard, and fills the screen when nobody is beside it',
    async () => {
      await using sharer = await createRoom('SHARED', { isSpareKept: false });
      await using viewer = await createRoom('VIEWER', { isSpareKept: false });
      const sent = sharer.media.take({ media: everythingOn, caption });
      const seen = viewer.media.take({ media: everythingOn, caption });
      const signal = AbortSignal.timeout(patienceMs);
      sent.open();
      seen.open();
      const others = [sharer.participantId, newId('participant')];
      seen.setRoster(
        others.map((participantId, index) => ({
          ...{ participantId, name: `P${index}`, shareLabel: `P${index} shares`, isCameraOn: false },
        })),
      );
      await connectRooms(sent, seen, sharer.participantId, 'content', signal);

      const untilCodeAt = async (middle: number) => {
        for (;;) {
          signal.throwIfAborted();
          const file = viewer.media.pictureFile('display');
          const code = file && (await findCode(file));
          if (code && Math.abs(code.middle - middle) < 0.01) return code;
          await sleep(50);
        }
      };
      const beside = await untilCodeAt(0.395);
      expect(beside.text).toMatch(/^SHARED /);
      await untilTone(viewer, 440, signal);
      seen.setRoster([]);
      const alone = await untilCodeAt(0.5);
      expect(alone.width / beside.width).toBeCloseTo(1 / 0.79, 1);
    },
    2 * patienceMs,
  );

  test(
    'a laptop that is plugged in is seen and heard here between calls, and in the meeting when it is shared, on the second display where there is one, until it is pulled out',
    async () => {
      await using sharer = await createRoom('SHARER', { isSpareKept: true });
      await using viewer = await createRoom('VIEWER', { isSpareKept: false, profile: 'simulated-two-displays' });
      const signal = AbortSignal.timeout(2 * patienceMs);
      const plugs: boolean[] = [];
      const untilPlugged = async (isPluggedIn: boolean) => {
        while (plugs.at(-1) !== isPluggedIn) await pause(signal);
      };
      sharer.media.onEvent((event) => void (event.type === 'input' && plugs.push(event.isPluggedIn)));
      const laptop = join(sharer.folder, 'laptop');
      await untilPlugged(false);
      await writeFile(laptop, '');
      await untilPlugged(true);
      sharer.media.showInput(true);
      await untilCode(sharer, /^LAPTOP /, signal);
      await untilTone(sharer, 660, signal);

      const sent = sharer.media.take({ media: nothingOn, caption });
      sharer.media.showInput(false);
      const seen = viewer.media.take({ media: nothingOn, caption });
      sent.open();
      seen.open();
      await untilCode(sharer, null, signal);
      const answer = await seen.answerSubscribeOffer(
        {
          ...{ revision: 1, isNew: true, offer: await sent.offerContent({ signal }) },
          streams: (['video', 'audio'] as const).map((kind, line) => ({
            ...{ mid: `${kind}${line}`, participantId: sharer.participantId, kind, source: 'content' as const },
          })),
        },
        { signal },
      );
      sent.applyContentAnswer(answer);
      sent.showInput('Cedar shares');
      await untilCode(viewer, /^LAPTOP /, signal, 'content');
      await untilTone(viewer, 660, signal);
      await untilCode(viewer, null, signal);
      await untilCode(sharer, /^LAPTOP /, signal);

      await rm(laptop);
      await untilPlugged(false);
      sent.closeContent();
      sent.showInput(null);
      await untilCode(sharer, null, signal);

      // What a room with two displays shares itself is on its second one too, while people keep the first.
      sent.setMedia(everythingOn);
      await connectRooms(sent, seen, sharer.participantId, 'camera', signal);
      await writeFile(join(viewer.folder, 'laptop'), '');
      seen.showInput('Viewer shares');
      await untilCode(viewer, /^SHARER /, signal);
      await untilCode(viewer, /^LAPTOP /, signal, 'content');
    },
    3 * patienceMs,
  );
});

const nothingOn = { isMicrophoneOn: false, isCameraOn: false };

async function pause(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await sleep(50);
}

/** Waits until a display of the room shows such a code, or none. */
async function untilCode(
  room: Room,
  wanted: RegExp | null,
  signal: AbortSignal,
  of: PictureOf = 'display',
): Promise<void> {
  for (;;) {
    await pause(signal);
    const file = room.media.pictureFile(of);
    const code = file && (await findCode(file));
    if (file && (wanted ? code && wanted.test(code.text) : !code)) return;
  }
}

async function untilTone(room: Room, frequencyHz: number, signal: AbortSignal): Promise<void> {
  while (toneLevel(await readFile(room.speakerRecording), frequencyHz, 0.5) < 0.015) await pause(signal);
}
