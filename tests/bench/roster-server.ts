import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { WebSocketServer } from 'ws';
import {
  createJanusProcess,
  defaultJanusExecutable,
  defaultRtpPorts,
} from '../../fleet/src/media-nodes/janus-process.ts';
import { pickMediaAddress } from '../../fleet/src/media-nodes/media-address.ts';
import { socketMaxPayloadBytes } from '../../fleet/src/signalling/limits.ts';
import { createSignallingService } from '../../fleet/src/signalling/service.ts';
import { createAdmissionSimulator } from '../../fleet/src/signalling/testing/admission-simulator.ts';
import { createBoardStoreSimulator } from '../../fleet/src/signalling/testing/board-store-simulator.ts';
import { createCallingSimulator } from '../../fleet/src/signalling/testing/calling-simulator.ts';
import { createHostingSimulator } from '../../fleet/src/signalling/testing/hosting-simulator.ts';

/**
 * `roster-server.ts COUNT`: a signalling role with a real Janus and COUNT tickets, at the path /signal; and at /bare the
 * least that a WebSocket server can do for the same, which sends each frame that it gets to everybody.
 */
const count = Number(process.argv[2]);
const address = pickMediaAddress(networkInterfaces());
if (address === null) throw new Error('this host has only loopback: run the set-up, which makes anteroom0');
const dataDir = await mkdtemp(join(tmpdir(), 'anteroom-roster-'));
const log = pino({ level: 'silent' });
const clock = createSystemClock();
const janus = await createJanusProcess({
  ...{ dataDir, address, clock, log },
  ...{ rtpPorts: defaultRtpPorts, executable: defaultJanusExecutable },
});
await janus.whenUp({ signal: AbortSignal.timeout(10_000) });
const admission = createAdmissionSimulator({ capacity: count });
const hosting = createHostingSimulator({ onLetIn: admission.letIn });
const calling = createCallingSimulator();
const boardStore = createBoardStoreSimulator();
const service = createSignallingService({ admission, hosting, calling, boardStore, mediaNode: janus, clock, log });

const server = createServer();
const sockets = new WebSocketServer({ noServer: true, maxPayload: socketMaxPayloadBytes });
const bare = new WebSocketServer({ noServer: true });
bare.on('connection', (socket) => {
  socket.on('message', (frame) => {
    const text = String(frame);
    for (const receiver of bare.clients) receiver.send(text);
  });
});
server.on('upgrade', (request, stream, head) => {
  if (request.url === '/bare') {
    bare.handleUpgrade(request, stream, head, (socket) => bare.emit('connection', socket));
    return;
  }
  // Each from an address of its own, as people are.
  sockets.handleUpgrade(request, stream, head, (socket) =>
    service.accept(socket, { kind: 'browser', address: `peer-${Math.random()}` }),
  );
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const bound = server.address();
if (typeof bound !== 'object' || bound === null) throw new Error('the server is not bound');
const tickets = Array.from({ length: count }, (_none, index) => admission.issueTicketAs('member', `Person ${index}`));
const url = `ws://127.0.0.1:${bound.port}`;
process.stdout.write(
  `${JSON.stringify({ event: 'ready', url, tickets: tickets.map(({ ticket, participantId }) => [ticket, participantId]) })}\n`,
);
process.once('SIGTERM', () => {
  const stop = async () => {
    await service.close();
    await janus[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  };
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
