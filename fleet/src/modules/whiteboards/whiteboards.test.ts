import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { meetingId, organizationId } from '@anteroom/shared/ids.ts';
import { writeBoard } from '@anteroom/shared/whiteboard/document.ts';
import { box, stroke } from '@anteroom/shared/whiteboard/testing/drawings.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { MeetingRef } from '../../signalling/ports.ts';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let meeting: Meeting;
let ref: MeetingRef;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Boards-${task.id}`);
  meeting = await test.createMeeting(org.administrator, await test.createRoom(org.administrator, 'Atlas', 3));
  ref = { meetingId: meetingId.parse(meeting.id), orgId: organizationId.parse(org.id) };
});

const boards = () => test.fleet.services.whiteboards;
const read = (path = '') => test.call(org.administrator, 'GET', `/meetings/${meeting.id}/whiteboard${path}`);
const drawing = [box('a'), stroke('b', 300, { index: 'a1' })];
function stateOf(elements: typeof drawing): Uint8Array {
  const doc = new Y.Doc();
  writeBoard(doc, { changed: elements, removed: [] }, null);
  return Y.encodeStateAsUpdate(doc);
}

it('a meeting in which nobody drew has an empty board', async () => {
  expect(await boards().load(ref)).toBeNull();
  expect(await read()).toMatchObject({ status: 200, body: { elements: 0, savedAt: null } });
  expect(await read('/elements')).toMatchObject({ body: { items: [] } });
});

it('a board is kept as it was saved last, and shown to whoever may see the meeting', async () => {
  await boards().save(ref, { state: stateOf([box('a')]), elements: 1 });
  const state = stateOf(drawing);
  await boards().save(ref, { state, elements: 2 });
  expect(await boards().load(ref)).toEqual(state);
  expect((await read()).body).toEqual({ elements: 2, savedAt: test.clock.now().toISOString() });
  expect((await read('/elements')).body).toEqual({ items: drawing });
});

it('is not there for a member who was not invited, and for nobody of another organization', async () => {
  await boards().save(ref, { state: stateOf(drawing), elements: 2 });
  const other = await test.createOrganization('Others');
  for (const person of [org.member, other.administrator]) {
    for (const path of ['whiteboard', 'whiteboard/elements']) {
      expect(codeOf(await test.call(person, 'GET', `/meetings/${meeting.id}/${path}`))).toBe('not_found');
    }
  }
  expect(await boards().load({ ...ref, orgId: organizationId.parse(other.id) })).toBeNull();
});
