import { goIn } from '../participants.ts';
import type { Organization, TestFleet } from '../test-fleet.ts';

/** Calls that control a live meeting. */
export async function prepareLiveCalls(test: TestFleet, { administrator }: Organization) {
  const meeting = await test.createMeeting(administrator, await test.createRoom(administrator, 'Lively'));
  await goIn(test, meeting, 'Ola');
  const path = `/signal/meetings/${meeting.id}`;
  return {
    'live.get': { path },
    'live.control': { path: `${path}/control`, body: { action: { kind: 'lock', isLocked: true } } },
  };
}
