import { setTimeout as sleep } from 'node:timers/promises';
import { forwardingLimits } from '../../fleet/src/signalling/limits.ts';
import { countJanusLoss } from '../harness/janus-admin.ts';
import { cpuMsOf } from '../harness/processes.ts';
import { type Bench, compare, percentile } from './measure.ts';
import { holdMeeting } from './meeting/hold.ts';
import { type LightClients, startLightClients } from './meeting/light-clients.ts';
import type { Reception } from './meeting/orders.ts';
import { type MeetingRig, startMeetingRig } from './meeting/rig.ts';

const participants = 25;
/** As people come at the full hour. */
const joinEveryMs = 200;
const settleMs = 3_000;
const steadyMs = 30_000;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * 25 light clients in one meeting of the real fleet, with real admission, signalling and Janus; beside it the same clients
 * on Janus alone. The limits of issue 4: joinP95 500 ms, signallingCpu 10 % of a core, packetLoss 0.
 */
export const meetingBench: Bench = async ({ repeats, progress }) => {
  await using rig = await startMeetingRig();
  const joins = { inTurn: [] as number[], atOnce: [] as number[] };
  const bareJoins = { inTurn: [] as number[], atOnce: [] as number[] };
  const steady: Steady[] = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    for (const order of ['atOnce', 'inTurn'] as const) {
      {
        await using bare = await startLightClients(await rig.bareSetups(participants));
        bareJoins[order].push(percentile(await joinAll(bare, order), 0.95));
      }
      await using meeting = await rig.openMeeting(participants);
      await using clients = await startLightClients(meeting.setups);
      joins[order].push(percentile(await joinAll(clients, order), 0.95));
      await sleep(settleMs);
      if (order === 'inTurn') steady.push(await measureSteady(rig, clients));
    }
    progress(`${repeat}: ${lastOf(joins)}, bare ${lastOf(bareJoins)}`);
  }
  const bare = 'bare Janus VideoRoom join';
  const all = (name: keyof Steady) => steady.map((one) => one[name]);
  const janus = 'Janus in the same time';
  return [
    compare('joinP95', 'ms', joins.inTurn, bare, bareJoins.inTurn),
    compare('joinAtOnceP95', 'ms', joins.atOnce, bare, bareJoins.atOnce),
    compare('signallingCpu', '% of a core', all('signallingCpu'), janus, all('janusCpu')),
    compare('clientsCpu', '% of a core', all('clientsCpu'), janus, all('janusCpu')),
    {
      ...compare('packetLoss', 'packets', [sum(all('lost'))], 'packets received', [sum(all('received'))]),
      n: repeats,
    },
  ];
};

const lastOf = ({ inTurn, atOnce }: { inTurn: number[]; atOnce: number[] }) =>
  `p95 in turn ${inTurn.at(-1)?.toFixed(0)}, at once ${atOnce.at(-1)?.toFixed(0)} ms`;

/** Milliseconds until each had somebody else's first packet; whoever is first has nobody to wait for. */
async function joinAll(clients: LightClients, order: 'inTurn' | 'atOnce'): Promise<number[]> {
  const joining: Promise<number>[] = [];
  for (let client = 0; client < participants; client++) {
    joining.push(clients.join(client));
    if (order === 'inTurn') await sleep(joinEveryMs);
  }
  return (await Promise.all(joining)).slice(order === 'inTurn' ? 1 : 0);
}

/** Shares of one core in percent, and packets, of the time in which the meeting was held. */
type Steady = { signallingCpu: number; janusCpu: number; clientsCpu: number; received: number; lost: number };

async function measureSteady(rig: MeetingRig, clients: LightClients): Promise<Steady> {
  const pids = [[rig.signalPid], [rig.janus.pid], clients.pids];
  const used = () => Promise.all(pids.map(async (group) => sum(await Promise.all(group.map(cpuMsOf)))));
  const before = await used();
  const startedMs = performance.now();
  await holdMeeting(clients, { participants, forMs: steadyMs });
  const tookMs = performance.now() - startedMs;
  const after = await used();
  const [signallingCpu = 0, janusCpu = 0, clientsCpu = 0] = after.map(
    (ms, at) => ((ms - (before[at] ?? 0)) / tookMs) * 100,
  );
  const receptions = await clients.count();
  await sleep(settleMs);
  checkForwarding(receptions, await clients.count());
  const atReceivers = sum(receptions.map(({ lost }) => lost));
  const received = sum(receptions.flatMap(({ streams }) => streams.map(({ packets }) => packets)));
  return { signallingCpu, janusCpu, clientsCpu, received, lost: atReceivers + (await countJanusLoss(rig.janus)) };
}

/** Figures of a meeting in which others get more or less than they should are worth nothing. */
function checkForwarding(before: readonly Reception[], after: readonly Reception[]): void {
  for (const [client, { streams }] of after.entries()) {
    const running = streams.filter(({ packets }, at) => packets > (before[client]?.streams[at]?.packets ?? 0));
    const videos = running.filter(({ kind }) => kind === 'video').length;
    const voices = running.length - videos;
    if (videos === forwardingLimits.videos && voices === forwardingLimits.voices) continue;
    throw new Error(`client ${client} received ${videos} videos and ${voices} voices`);
  }
}
