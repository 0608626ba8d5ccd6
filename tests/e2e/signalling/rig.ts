import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  createJanusProcess,
  defaultJanusExecutable,
  defaultRtpPorts,
  type JanusProcess,
} from '../../../fleet/src/media-nodes/janus-process.ts';
import { pickMediaAddress } from '../../../fleet/src/media-nodes/media-address.ts';
import { socketMaxPayloadBytes } from '../../../fleet/src/signalling/limits.ts';
import type { SignallingPeer, SignallingService } from '../../../fleet/src/signalling/ports.ts';
import { createSignallingService } from '../../../fleet/src/signalling/service.ts';
import {
  type AdmissionSimulator,
  createAdmissionSimulator,
} from '../../../fleet/src/signalling/testing/admission-simulator.ts';
import { createBoardStoreSimulator } from '../../../fleet/src/signalling/testing/board-store-simulator.ts';
import { createCallingSimulator } from '../../../fleet/src/signalling/testing/calling-simulator.ts';
import { createHostingSimulator } from '../../../fleet/src/signalling/testing/hosting-simulator.ts';
import { eventually } from '../../harness/eventually.ts';

/** Real Janus, real signalling, a web server with the test page; only admission is simulated. */
export type SignallingRig = AsyncDisposable & {
  admission: AdmissionSimulator;
  janus: JanusProcess;
  service: SignallingService;
  pageUrl: string;
  signalOrigin: string;
  /** Breaks every socket without a word, as a network that goes away. */
  breakSockets(): void;
};

export const terminalPeer: SignallingPeer = {
  kind: 'terminal',
  terminalId: 'term_00000000000000000000000000000001',
  certificateThumbprint: 'thumb-1',
};

export async function startSignallingRig({ capacity }: { capacity: number }): Promise<SignallingRig> {
  const address = pickMediaAddress(networkInterfaces());
  if (address === null) throw new Error('this host has only loopback: run the set-up, which makes anteroom0');
  const dataDir = await mkdtemp(join(tmpdir(), 'anteroom-signalling-'));
  const log = pino({ level: 'silent' });
  const clock = createSystemClock();
  const rtpPorts = defaultRtpPorts;
  const janus = await createJanusProcess({
    dataDir,
    address,
    rtpPorts,
    executable: defaultJanusExecutable,
    clock,
    log,
  });
  const admission = createAdmissionSimulator({ capacity });
  const hosting = createHostingSimulator({ onLetIn: admission.letIn });
  const service = createSignallingService({
    admission,
    hosting,
    calling: createCallingSimulator(),
    boardStore: createBoardStoreSimulator(),
    mediaNode: janus,
    clock,
    log,
  });
  const sockets = new Set<WebSocket>();
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: socketMaxPayloadBytes });
  const server = await startPageServer(await bundlePage());
  server.on('upgrade', (request, stream, head) => {
    upgrades.handleUpgrade(request, stream, head, (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const peer: SignallingPeer =
        request.url === '/terminal' ? terminalPeer : { kind: 'browser', address: '127.0.0.1' };
      service.accept(socket, peer);
    });
  });
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('page server is not bound');
  await janus.whenUp({ signal: AbortSignal.timeout(10_000) });
  return {
    admission,
    janus,
    service,
    pageUrl: `http://127.0.0.1:${bound.port}/`,
    signalOrigin: `ws://127.0.0.1:${bound.port}`,
    breakSockets() {
      for (const socket of sockets) socket.terminate();
    },
    async [Symbol.asyncDispose]() {
      await service.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await janus[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function bundlePage(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: resolve(import.meta.dirname, 'page.ts'), formats: ['iife'], name: 'page' },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  if (!bundle || !('output' in bundle)) throw new Error('vite built no page');
  return bundle.output[0].code;
}

async function startPageServer(script: string): Promise<Server> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><title>rehearsal</title><script src="/page.js"></script>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

export type Attendee = { page: Page; participantId: ParticipantId; ticket: string };

/** Opens the page and joins; resolves when the page is in the meeting. */
export async function attend(
  rig: SignallingRig,
  page: Page,
  {
    name,
    isWatching = false,
    ticket = rig.admission.issueTicket(name),
    path = '/browser',
    camera = { width: 640, height: 360 },
  }: {
    name: string;
    isWatching?: boolean;
    ticket?: string;
    path?: '/browser' | '/terminal';
    camera?: { width: number; height: number };
  },
): Promise<Attendee> {
  await page.goto(rig.pageUrl);
  if (!isWatching) await page.evaluate((size) => window.rehearsal.openCamera(size), camera);
  const media = { isMicrophoneOn: !isWatching, isCameraOn: !isWatching };
  const url = rig.signalOrigin + path;
  await page.evaluate((join) => window.rehearsal.join(join), { url, ticket, media, isWatching });
  const state = await eventually(
    `${name} joins`,
    10_000,
    () => page.evaluate(() => window.rehearsal.state()),
    (answer) => answer?.phase === 'joined',
  );
  if (state?.phase !== 'joined') throw new Error('unreachable: eventually waited for this');
  return { page, participantId: state.participantId, ticket };
}

/** Waits until `viewer` is shown `count` more frames of `sender`; resolves with the milliseconds that took. */
export async function seesFrames(viewer: Attendee, sender: Attendee, withinMs: number, count = 5): Promise<number> {
  const startedMs = performance.now();
  const shown = async () => (await viewer.page.evaluate(() => window.rehearsal.shown()))[sender.participantId] ?? 0;
  let last = await shown();
  let more = 0;
  const look = async () => {
    const now = await shown();
    // A new element starts counting at zero, and only its frames count from then on.
    more = now < last ? now : more + now - last;
    last = now;
    return more;
  };
  await eventually('frames arrive', withinMs, look, (frames) => frames >= count);
  return performance.now() - startedMs;
}
