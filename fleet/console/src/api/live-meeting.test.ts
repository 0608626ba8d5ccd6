import { newId } from '@anteroom/shared/ids.ts';
import { emptyLiveView, type LiveEvent } from '@anteroom/shared/signalling/live.ts';
import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { expect, it } from 'vitest';
import { followLiveMeeting, type LiveMeetingState, unheard } from './live-meeting.ts';

/** A fleet that answers each request with a stream that the test writes, or with a refusal. */
function createRig() {
  const clock = createManualClock();
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const rig = { refusal: null as Response | null };
  let state: LiveMeetingState = unheard;
  const ending = new AbortController();
  const following = followLiveMeeting(
    {
      clock,
      meetingId: newId('meeting'),
      onState: (next) => {
        state = next;
      },
      fetch: (_url, init) => {
        if (rig.refusal) return Promise.resolve(rig.refusal);
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            streams.push(controller);
            init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
          },
        });
        return Promise.resolve(new Response(body));
      },
    },
    { signal: ending.signal },
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    ...{ clock, streams, rig, following, settle },
    state: () => state,
    async say(text: string) {
      streams.at(-1)?.enqueue(new TextEncoder().encode(text));
      await settle();
    },
    tell(event: LiveEvent) {
      return this.say(`event: live\ndata: ${JSON.stringify(event)}\n\n`);
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await following;
    },
  };
}

const ada = someone('Ada');
const view = { ...emptyLiveView, roster: [ada] };

it('shows what is, and what changes', async () => {
  await using rig = createRig();
  await rig.settle();
  await rig.tell({ type: 'view', view });
  expect(rig.state()).toEqual({ view, lostAt: null, refusal: null });
  await rig.tell({ type: 'change', change: { changed: [], left: [ada.participantId] } });
  expect(rig.state().view?.roster).toEqual([]);
});

it('keeps what it knew while the link is lost, says since when, and comes back by itself', async () => {
  await using rig = createRig();
  await rig.settle();
  await rig.tell({ type: 'view', view });
  const heardAt = rig.clock.now().toISOString();
  await rig.clock.advance(3_000);
  rig.streams.at(-1)?.close();
  await rig.settle();
  expect(rig.state()).toEqual({ view, lostAt: heardAt, refusal: null });
  await rig.clock.advance(2_000);
  await rig.settle();
  expect(rig.streams).toHaveLength(2);
  await rig.tell({ type: 'view', view: emptyLiveView });
  expect(rig.state()).toEqual({ view: emptyLiveView, lostAt: null, refusal: null });
});

it('takes a link for dead that says nothing, and each sign of life for one', async () => {
  await using rig = createRig();
  await rig.settle();
  await rig.tell({ type: 'view', view });
  await rig.clock.advance(14_000);
  await rig.say(':\n\n');
  await rig.clock.advance(14_000);
  expect(rig.state().lostAt).toBeNull();
  await rig.clock.advance(1_000);
  await rig.settle();
  expect(rig.state().lostAt).not.toBeNull();
});

it('ends where the fleet refuses, with its reason', async () => {
  await using rig = createRig();
  await rig.settle();
  await rig.tell({ type: 'view', view });
  rig.rig.refusal = Response.json(
    {
      ...{ type: 'urn:anteroom:problem:meeting_over', title: 'meeting over', status: 409, code: 'meeting_over' },
      ...{ detail: 'This meeting is over.', values: {}, isRetryable: false },
    },
    { status: 409 },
  );
  rig.streams.at(-1)?.close();
  await rig.settle();
  await rig.clock.advance(2_000);
  await rig.following;
  expect(rig.state().refusal).toMatchObject({ problem: { code: 'meeting_over' } });
});
