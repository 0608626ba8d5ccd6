import { pingEveryMs } from '@anteroom/shared/signalling/messages.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askAgainEveryMs, joinWithinMs } from './limits.ts';
import { startOwnJanus } from './testing/janus.ts';
import { type ServiceRig, startServiceRig } from './testing/service-rig.ts';
import type { TestClient } from './testing/test-client.ts';

/** domain.md 3: admission admits, holds or refuses; whoever is held reads why, and goes in when the reason ends. */
let janus: Awaited<ReturnType<typeof startOwnJanus>>;
let rig: ServiceRig;

beforeAll(async () => {
  janus = await startOwnJanus();
});
afterAll(() => janus[Symbol.asyncDispose]());
beforeEach(async () => {
  rig = await startServiceRig({ mediaNode: janus.mediaNode, capacity: 1 });
});
afterEach(() => rig[Symbol.asyncDispose]());

const off = { isMicrophoneOn: false, isCameraOn: false };
async function knock(name: string): Promise<TestClient> {
  const client = await rig.connect();
  client.send({ type: 'join', v: 1, ticket: rig.admission.issueTicket(name), media: off, canWait: true });
  return client;
}

describe('whoever is held and can wait', () => {
  test('is told why, and is in by themselves when the reason ends', async () => {
    rig.admission.holdAll('waiting_room');
    const guest = await knock('guest');
    expect(await guest.next('held', 'refused')).toEqual({ type: 'held', reason: 'waiting_room' });
    rig.admission.holdAll(null);
    await rig.clock.advance(askAgainEveryMs);
    expect((await guest.next('joined')).roster.map(({ name }) => name)).toEqual(['guest']);
  });

  test('is told when the reason becomes another one', async () => {
    rig.admission.holdAll('host_not_here');
    const guest = await knock('guest');
    await guest.next('held');
    rig.admission.holdAll('waiting_room');
    await rig.clock.advance(askAgainEveryMs);
    expect(await guest.next('held')).toEqual({ type: 'held', reason: 'waiting_room' });
  });

  test('takes the place of whoever leaves a full room', async () => {
    const first = await rig.connect();
    await first.join(rig.admission.issueTicket('first'));
    const late = await knock('late');
    expect(await late.next('held')).toEqual({ type: 'held', reason: 'room_full' });
    first.send({ type: 'leave' });
    await first.next('bye');
    await rig.clock.advance(askAgainEveryMs);
    await late.next('joined');
  });

  test('is refused when the meeting is over meanwhile, and may try again on the same socket', async () => {
    rig.admission.holdAll('waiting_room');
    const guest = await knock('guest');
    await guest.next('held');
    rig.admission.refuseNext('meeting_ended');
    await rig.clock.advance(askAgainEveryMs);
    expect(await guest.next('refused')).toEqual({ type: 'refused', reason: 'meeting_ended' });
    rig.admission.holdAll(null);
    await guest.join(rig.admission.issueTicket('guest'));
  });

  test('waits as long as it takes, and holds no seat', async () => {
    rig.admission.holdAll('waiting_room');
    const guest = await knock('guest');
    await guest.next('held');
    for (let passedMs = 0; passedMs < 2 * joinWithinMs; passedMs += pingEveryMs) {
      await rig.clock.advance(pingEveryMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(rig.admission.seated()).toEqual([]);
    rig.admission.holdAll(null);
    await rig.clock.advance(askAgainEveryMs);
    await guest.next('joined');
  });

  test('goes away with a word or without one, and does not come in afterwards', async () => {
    rig.admission.holdAll('waiting_room');
    const [polite, gone] = [await knock('polite'), await knock('gone')];
    for (const client of [polite, gone]) await client.next('held');
    polite.send({ type: 'leave' });
    gone.terminate();
    await gone.closed;
    // Answered after what was sent before it.
    polite.send({ type: 'resubscribe' });
    await polite.next('error');
    rig.admission.holdAll(null);
    await rig.clock.advance(3 * askAgainEveryMs);
    expect(rig.admission.seated()).toEqual([]);
    expect(rig.service.liveMeetings()).toEqual([]);
  });
});

test('whoever cannot wait is refused for the same reason', async () => {
  rig.admission.holdAll('host_not_here');
  const terminal = await rig.connect();
  terminal.send({ type: 'join', v: 1, ticket: rig.admission.issueTicket('Room'), media: off });
  expect(await terminal.next('held', 'refused')).toEqual({ type: 'refused', reason: 'host_not_here' });
});
