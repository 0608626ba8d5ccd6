import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { doorRoutes } from '@anteroom/shared/api/meetings.ts';
import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { openTestClient, type TestClient } from '../signalling/testing/test-client.ts';
import type { Person, TestFleet } from './test-fleet.ts';

export type Participant = TestClient & { participantId: ParticipantId };

/** Goes into a meeting of a fleet with the signalling role, as a guest or as somebody who is signed in; without media. */
export async function goIn(
  { call, fleet }: Pick<TestFleet, 'call' | 'fleet'>,
  meeting: Pick<Meeting, 'number'>,
  who: string | Person,
): Promise<Participant> {
  const client = await comeToDoor({ call, fleet }, meeting, who);
  const { participantId } = await client.next('joined');
  return { ...client, participantId };
}

/** The same as far as the door, where they may have to wait. */
export async function comeToDoor(
  { call, fleet }: Pick<TestFleet, 'call' | 'fleet'>,
  { number }: Pick<Meeting, 'number'>,
  who: string | Person,
): Promise<TestClient> {
  const person = typeof who === 'string' ? null : who;
  const body = { name: typeof who === 'string' ? who : who.actor.accountName };
  const { ticket } = doorRoutes.enter.success.body.parse(
    (await call(person, 'POST', `/join/${number}`, { body })).body,
  );
  const url = `${fleet.ready.httpUrl?.replace('http', 'ws')}/api/v1/signal`;
  const client = await openTestClient(url, { answersPings: true });
  const media = { isMicrophoneOn: false, isCameraOn: false };
  client.send({ type: 'join', v: 1, ticket, media, canWait: true });
  return client;
}
