import { newId } from '@anteroom/shared/ids.ts';
import type { MeetingView } from '@anteroom/shared/signalling/messages.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { expect, test } from 'vitest';
import { viewEveryMs } from './limits.ts';
import { createViewPace } from './view-pace.ts';

const participantId = newId('participant');
const view = (heightPx: number): MeetingView => ({ videos: [{ participantId, heightPx }], mostVideos: 1 });

function startPace() {
  const clock = createManualClock();
  const followed: (number | undefined)[] = [];
  const pace = createViewPace({
    onChange: () => followed.push(pace.current()?.videos[0]?.heightPx),
    clock,
    signal: new AbortController().signal,
  });
  return { clock, followed, pace };
}

test('follows the first at once, then the last of many, and nothing twice', async () => {
  const { clock, followed, pace } = startPace();
  for (const heightPx of [1, 2, 3]) pace.tell(view(heightPx));
  expect(followed).toEqual([1]);
  await clock.advance(viewEveryMs);
  expect(followed).toEqual([1, 3]);
  await clock.advance(10 * viewEveryMs);
  expect(followed).toEqual([1, 3]);
  pace.tell(view(4));
  expect(followed).toEqual([1, 3, 4]);
});

test('knows nothing of a client that took the place', async () => {
  const { clock, followed, pace } = startPace();
  pace.tell(view(1));
  pace.tell(view(2));
  pace.forget();
  expect(pace.current()).toBeNull();
  await clock.advance(viewEveryMs);
  expect(followed).toEqual([1]);
});
