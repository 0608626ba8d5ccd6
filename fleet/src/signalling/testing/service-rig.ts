import { createServer } from 'node:http';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { WebSocketServer } from 'ws';
import type { MediaNode } from '../../media-nodes/media-node.ts';
import { socketMaxPayloadBytes } from '../limits.ts';
import type { SignallingPeer, SignallingService } from '../ports.ts';
import { createSignallingService } from '../service.ts';
import { type AdmissionSimulator, createAdmissionSimulator } from './admission-simulator.ts';
import { type BoardStoreSimulator, createBoardStoreSimulator } from './board-store-simulator.ts';
import { type CallingSimulator, createCallingSimulator } from './calling-simulator.ts';
import { createHostingSimulator, type HostingSimulator } from './hosting-simulator.ts';
import { openTestClient, type TestClient } from './test-client.ts';

/** The service on a real socket, with a clock that the test moves. Its media node is given. */
export type ServiceRig = AsyncDisposable & {
  admission: AdmissionSimulator;
  hosting: HostingSimulator;
  boardStore: BoardStoreSimulator;
  calling: CallingSimulator;
  service: SignallingService;
  clock: ManualClock;
  /** Where its socket is. */
  url: string;
  connect(peer?: SignallingPeer, options?: { answersPings: boolean }): Promise<TestClient>;
};

export const guestPeer: SignallingPeer = { kind: 'browser', address: '192.0.2.77' };

export async function startServiceRig({
  mediaNode,
  capacity,
}: {
  mediaNode: MediaNode;
  capacity: number;
}): Promise<ServiceRig> {
  const clock = createManualClock();
  const admission = createAdmissionSimulator({ capacity });
  const hosting = createHostingSimulator({ onLetIn: admission.letIn });
  const boardStore = createBoardStoreSimulator();
  const calling = createCallingSimulator();
  const log = pino({ level: 'silent' });
  const service = createSignallingService({ admission, hosting, calling, boardStore, mediaNode, clock, log });
  const server = createServer();
  const sockets = new WebSocketServer({ server, maxPayload: socketMaxPayloadBytes });
  const peers: SignallingPeer[] = [];
  sockets.on('connection', (socket) => service.accept(socket, peers.shift() ?? guestPeer));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('service rig is not bound');

  const url = `ws://127.0.0.1:${bound.port}`;
  return {
    admission,
    hosting,
    boardStore,
    calling,
    service,
    clock,
    url,
    async connect(peer = guestPeer, { answersPings } = { answersPings: true }) {
      peers.push(peer);
      return await openTestClient(url, { answersPings });
    },
    async [Symbol.asyncDispose]() {
      await service.close();
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((done) => server.close(done));
    },
  };
}
