import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@anteroom/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import { findCode, toneLevel } from './test/observe.ts';
import { caption, connectRooms, createRoom, everythingOn } from './test/rooms.ts';

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
      while (toneLevel(await readFile(viewer.speakerRecording), 440, 0.5) < 0.015) {
        signal.throwIfAborted();
        await sleep(50);
      }
      seen.setRoster([]);
      const alone = await untilCodeAt(0.5);
      expect(alone.width / beside.width).toBeCloseTo(1 / 0.79, 1);
    },
    2 * patienceMs,
  );
});
