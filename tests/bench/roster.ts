import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROTOCOL_VERSION } from '@anteroom/shared/protocol/version.ts';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { startSupervised } from '../../scripts/lib/supervised.ts';
import { type Bench, compare, percentile } from './measure.ts';

const root = resolve(import.meta.dirname, '../..');
const participants = 500;
/** Changes of one repeat, each by somebody else, at this distance. */
const changes = 100;
const everyMs = 100;
const joinsAtOnce = 25;
const peer = 'bare WebSocket broadcast of the same frames';

type Attendee = { socket: WebSocket; participantId: string };
/** When a change was sent, and when the last of all clients had seen it. */
type Change = { sentMs: number; seenBy: number; allMs: number | null };

/**
 * A meeting of 500 light clients, without media, in which people open their microphones one after the other: how long
 * until the last client has read each change. Beside it a server that sends the same frame to 500 sockets and does
 * nothing else. The limit of issue 4 is 300 ms for changeToAllP99.
 */
export const rosterBench: Bench = async ({ repeats, progress }) => {
  const p99s: number[] = [];
  const bareP99s: number[] = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    await using server = await startServer();
    const { url, tickets } = server.ready();
    // The first thing that this process measures is slower than all that follow.
    if (repeat === 1) await measureBare(`${url}/bare`);
    const bare = await measureBare(`${url}/bare`);
    const crowd = await enter(`${url}/signal`, tickets);
    const own = await measureRoster(crowd);
    for (const { socket } of crowd) socket.terminate();
    p99s.push(percentile(own, 0.99));
    bareP99s.push(percentile(bare, 0.99));
    progress(`${repeat}: p99 ${Math.round(percentile(own, 0.99))} ms, bare ${Math.round(percentile(bare, 0.99))} ms`);
  }
  return [compare('changeToAllP99', 'ms', p99s, peer, bareP99s)];
};

function startServer() {
  return startSupervised({
    name: 'roster server',
    script: join(root, 'tests/bench/roster-server.ts'),
    args: [String(participants)],
    readySchema: z.object({ url: z.url(), tickets: z.array(z.tuple([z.string(), z.string()])) }),
    onLog: () => {},
    onDeath: () => {},
    signal: AbortSignal.timeout(600_000),
  });
}

async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await new Promise((resolved, reject) => socket.once('open', resolved).once('error', reject));
  return socket;
}

async function enter(url: string, tickets: readonly (readonly [string, string])[]): Promise<Attendee[]> {
  const crowd: Attendee[] = [];
  const waiting = [...tickets];
  while (waiting.length > 0) {
    const entered = waiting.splice(0, joinsAtOnce).map(async ([ticket, participantId]): Promise<Attendee> => {
      const socket = await open(url);
      const joined = new Promise<void>((resolved) => {
        const onMessage = (bytes: unknown) => {
          if (!String(bytes).startsWith('{"type":"joined"')) return;
          socket.off('message', onMessage);
          resolved();
        };
        socket.on('message', onMessage);
      });
      const media = { isMicrophoneOn: false, isCameraOn: false };
      socket.send(JSON.stringify({ type: 'join', v: PROTOCOL_VERSION, ticket, media }));
      await joined;
      return { socket, participantId };
    });
    crowd.push(...(await Promise.all(entered)));
  }
  return crowd;
}

const rosterFrame = z.object({
  type: z.literal('roster'),
  changed: z.array(z.object({ participantId: z.string(), media: z.object({ isMicrophoneOn: z.boolean() }) })),
});

async function measureRoster(crowd: readonly Attendee[]): Promise<number[]> {
  const sent = new Map<string, Change>();
  for (const { socket } of crowd) {
    socket.on('message', (bytes) => {
      const frame = rosterFrame.safeParse(JSON.parse(String(bytes)));
      if (!frame.success) return;
      for (const { participantId, media } of frame.data.changed) {
        if (media.isMicrophoneOn) see(sent.get(participantId), crowd.length);
      }
    });
  }
  await sleep(2_000); // The roster of so many joins has reached everybody.
  const media = { isMicrophoneOn: true, isCameraOn: false };
  for (const { socket, participantId } of crowd.slice(0, changes)) {
    sent.set(participantId, { sentMs: performance.now(), seenBy: 0, allMs: null });
    socket.send(JSON.stringify({ type: 'media', media }));
    await sleep(everyMs);
  }
  return await durations([...sent.values()]);
}

async function measureBare(url: string): Promise<number[]> {
  const sockets: WebSocket[] = [];
  for (let opened = 0; opened < participants; opened++) sockets.push(await open(url));
  const sent = new Map<number, Change>();
  for (const socket of sockets) {
    socket.on('message', (bytes) => {
      const { id } = z.object({ id: z.number() }).parse(JSON.parse(String(bytes)));
      see(sent.get(id), sockets.length);
    });
  }
  const padding = 'x'.repeat(430); // As long as a roster message about one person.
  for (const [id, socket] of sockets.slice(0, changes).entries()) {
    sent.set(id, { sentMs: performance.now(), seenBy: 0, allMs: null });
    socket.send(JSON.stringify({ id, padding }));
    await sleep(everyMs);
  }
  const measured = await durations([...sent.values()]);
  for (const socket of sockets) socket.terminate();
  return measured;
}

function see(change: Change | undefined, everybody: number): void {
  if (!change) return;
  change.seenBy += 1;
  if (change.seenBy === everybody) change.allMs = performance.now() - change.sentMs;
}

async function durations(sent: readonly Change[]): Promise<number[]> {
  const endsAtMs = performance.now() + 10_000;
  while (sent.some(({ allMs }) => allMs === null) && performance.now() < endsAtMs) await sleep(50);
  return sent.map(({ allMs, seenBy }) => {
    if (allMs === null) throw new Error(`a change reached ${seenBy} of ${participants} clients in 10 s`);
    return allMs;
  });
}
