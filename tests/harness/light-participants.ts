import { once } from 'node:events';
import { apiBase } from '@anteroom/shared/api/contract.ts';
import { doorRoutes } from '@anteroom/shared/api/meetings.ts';
import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { WebSocket } from 'ws';
import { openTestClient, type TestClient } from '../../fleet/src/signalling/testing/test-client.ts';

export type LightParticipant = TestClient & { participantId: ParticipantId; name: string };

/** `address`: where a fleet that trusts the proxy 127.0.0.1 takes them to be; the door gives one address few tickets. */
export type Visitor = { name: string; address: string };

const media = { isMicrophoneOn: true, isCameraOn: true };
const socketUrl = (httpUrl: string) => `${httpUrl.replace('http', 'ws')}${apiBase}/signal`;

async function takeTicket(httpUrl: string, number: string, { name, address }: Visitor): Promise<string> {
  const answer = await fetch(`${httpUrl}${apiBase}/join/${number}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: httpUrl, 'x-forwarded-for': address },
    body: JSON.stringify({ name }),
  });
  return doorRoutes.enter.success.body.parse(await answer.json()).ticket;
}

/** Comes to the door of a meeting as a guest without media: a real ticket, a real socket, and nothing to see or hear. */
export async function comeLightly(httpUrl: string, number: string, visitor: Visitor): Promise<TestClient> {
  const ticket = await takeTicket(httpUrl, number, visitor);
  const client = await openTestClient(socketUrl(httpUrl), { answersPings: true });
  client.send({ type: 'join', v: 1, ticket, media, canWait: true });
  return client;
}

/** Goes in, and listens to nothing any more: hundreds of them fit one process. */
export async function joinDeaf(httpUrl: string, number: string, visitor: Visitor): Promise<{ terminate(): void }> {
  const ticket = await takeTicket(httpUrl, number, visitor);
  const socket = new WebSocket(socketUrl(httpUrl));
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'join', v: 1, ticket, media }));
  const [frame] = await once(socket, 'message');
  if (!String(frame).startsWith('{"type":"joined"')) throw new Error(`not in: ${String(frame)}`);
  return socket;
}

/** Goes in. */
export async function joinLightly(httpUrl: string, number: string, visitor: Visitor): Promise<LightParticipant> {
  const client = await comeLightly(httpUrl, number, visitor);
  const { participantId } = await client.next('joined');
  return { ...client, participantId, name: visitor.name };
}
