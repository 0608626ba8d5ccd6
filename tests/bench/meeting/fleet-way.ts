import { once } from 'node:events';
import { PROTOCOL_VERSION } from '@anteroom/shared/protocol/version.ts';
import { type ClientMessage, type ServerMessage, serverMessage } from '@anteroom/shared/signalling/messages.ts';
import { WebSocket } from 'ws';
import type { LightClientMedia } from './light-media.ts';

/** How a light client gets into a meeting. Everything that can be there before the join is there when it is made. */
export type Way = {
  join(): void;
  say(message: ClientMessage): void;
  leave(): Promise<void>;
};

export type WayDeps = { media: LightClientMedia; onFault(detail: string): void };

/** Through the fleet: a ticket and the signalling WebSocket, as every client of ours. */
export async function createFleetWay({ media, onFault, url, ticket }: WayDeps & { url: string; ticket: string }) {
  const offer = await media.publish.offer();
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const send = (message: ClientMessage) => socket.send(JSON.stringify(message));

  async function follow(message: ServerMessage): Promise<void> {
    switch (message.type) {
      case 'joined':
        await media.publish.applyAnswer(message.answer ?? '');
        return;
      case 'offer':
        send({ type: 'answer', revision: message.revision, answer: await media.subscribe.answer(message.offer) });
        return;
      case 'candidate':
        media[message.connection === 'publish' ? 'publish' : 'subscribe'].addCandidate(message.candidate);
        return;
      case 'controlled':
        if (message.refusal) onFault(`control refused: ${message.refusal}`);
        return;
      case 'refused':
      case 'held':
      case 'republish':
      case 'error':
        onFault(JSON.stringify(message));
    }
  }
  socket.on('message', (frame) => {
    follow(serverMessage.parse(JSON.parse(String(frame)))).catch((error: unknown) => onFault(String(error)));
  });
  const way: Way = {
    join() {
      const devices = { isMicrophoneOn: false, isCameraOn: true };
      send({ type: 'join', v: PROTOCOL_VERSION, ticket, media: devices, offer });
    },
    say: send,
    async leave() {
      const closed = once(socket, 'close');
      send({ type: 'leave' });
      await closed;
    },
  };
  return way;
}
