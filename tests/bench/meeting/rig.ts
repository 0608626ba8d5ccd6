import { join, resolve } from 'node:path';
import { meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { z } from 'zod';
import { connectJanus } from '../../../fleet/src/media-nodes/janus-client.ts';
import { attachVideoRoom, createRoom, type Room } from '../../../fleet/src/media-nodes/videoroom.ts';
import { roomDefaults } from '../../../fleet/src/signalling/limits.ts';
import { pickFreePort } from '../../../scripts/lib/ports.ts';
import { startSupervised } from '../../../scripts/lib/supervised.ts';
import { eventually } from '../../harness/eventually.ts';
import { findJanus, type JanusDoors } from '../../harness/janus-admin.ts';
import { startRig } from '../../harness/rig.ts';
import { takeTicket } from '../../harness/tickets.ts';
import type { ClientsSetup } from './orders.ts';

/** A fleet whose signalling role runs in a process of its own, so that its share of the machine can be read. */
export type MeetingRig = AsyncDisposable & {
  signalPid: number;
  janus: JanusDoors;
  /** A meeting that begins now; it ends with this. */
  openMeeting(participants: number): Promise<AsyncDisposable & { setups: ClientsSetup[] }>;
  /** A room on the same Janus that signalling knows nothing of. */
  bareSetups(participants: number): Promise<ClientsSetup[]>;
};

const root = resolve(import.meta.dirname, '../../..');
const clientProcesses = 3;

export async function startMeetingRig(): Promise<MeetingRig> {
  await using starting = new AsyncDisposableStack();
  const rig = starting.use(await startRig({ fleetArgs: ['--roles', 'api,link'] }));
  const port = async () => String(await pickFreePort('127.0.0.1'));
  const signal = starting.use(
    await startSupervised({
      name: 'signal',
      script: join(root, 'fleet/src/server.ts'),
      args: [
        ...['--data', join(rig.dataDir, 'fleet'), '--http-port', await port(), '--terminal-port', await port()],
        ...['--mqtt-port', await port(), '--roles', 'signal'],
      ],
      readySchema: z.object({ httpUrl: z.url() }),
      onLog: () => undefined,
      onDeath: () => undefined,
      signal: AbortSignal.timeout(3_600_000),
    }),
  );
  const signalPid = signal.pid();
  if (signalPid === undefined) throw new Error('the signalling role does not run');
  const readyUrl = new URL('/readyz', signal.ready().httpUrl);
  await eventually('signalling is ready', 20_000, async () => (await fetch(readyUrl)).ok, Boolean);
  const janus = await findJanus(signalPid);
  const { httpUrl } = rig.fleet.ready();
  const url = `${signal.ready().httpUrl.replace('http:', 'ws:')}/api/v1/signal`;
  const { host } = await rig.demonstration();
  const owned = starting.move();
  return {
    ...{ signalPid, janus },
    async openMeeting(participants) {
      const { id, number } = await host.call(meetingRoutes.create, {
        body: {
          ...{ subject: 'Monday stand-up', resource: { kind: 'concurrency' }, durationMinutes: 45 },
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        },
      });
      const tickets: string[] = [];
      for (const name of names('Person', participants)) tickets.push(await takeTicket(httpUrl, number, name));
      return {
        setups: inCrews(tickets).map((some): ClientsSetup => ({ through: 'fleet', url, tickets: some })),
        async [Symbol.asyncDispose]() {
          await host.call(meetingRoutes.end, { params: { meetingId: id } });
        },
      };
    },
    async bareSetups(participants) {
      const room = await openRoom(janus, participants);
      const { apiUrl, apiSecret } = janus;
      return inCrews(names('feed', participants)).map(
        (feeds): ClientsSetup => ({ through: 'janus', url: apiUrl, apiSecret, room, feeds }),
      );
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const names = (word: string, count: number) => Array.from({ length: count }, (_none, at) => `${word} ${at + 1}`);

function inCrews<T>(all: readonly T[]): T[][] {
  const size = Math.ceil(all.length / clientProcesses);
  return Array.from({ length: clientProcesses }, (_none, at) => all.slice(at * size, (at + 1) * size));
}

/** A room that stays until its Janus ends. */
async function openRoom({ apiUrl: url, apiSecret, roomAdminKey }: JanusDoors, publishers: number): Promise<Room> {
  const signal = AbortSignal.timeout(10_000);
  const connection = await connectJanus({
    ...{ url, apiSecret, clock: createSystemClock(), log: pino({ level: 'silent' }), signal },
    ...{ requestTimeoutMs: 10_000, keepaliveEveryMs: 10_000, keepaliveTimeoutMs: 10_000 },
  });
  const handle = await attachVideoRoom(connection, () => undefined, signal);
  const room = { id: newId('meeting'), token: 'token', secret: 'secret' };
  await createRoom({ connection, roomAdminKey }, handle, room, { ...roomDefaults, publishers }, signal);
  connection.close();
  return room;
}
