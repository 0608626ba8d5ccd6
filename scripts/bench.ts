import { agentBench } from '../tests/bench/agent.ts';
import { apiBench } from '../tests/bench/api.ts';
import { joinBench } from '../tests/bench/join.ts';
import type { Bench } from '../tests/bench/measure.ts';
import { meetingBench } from '../tests/bench/meeting.ts';
import { recoveryBench } from '../tests/bench/recovery.ts';
import { rosterBench } from '../tests/bench/roster.ts';
import { serialBench } from '../tests/bench/serial.ts';
import { startBench } from '../tests/bench/start.ts';

/** `npm run bench -- NAME`: JSON lines on standard output, a table for people on standard error. */
const benches: Record<string, Bench> = {
  join: joinBench,
  agent: agentBench,
  api: apiBench,
  start: startBench,
  recovery: recoveryBench,
  roster: rosterBench,
  meeting: meetingBench,
  serial: serialBench,
};

const name = process.argv[2];
const bench = name === undefined ? undefined : benches[name];
if (name === undefined || bench === undefined) {
  process.stderr.write(
    `usage: npm run bench -- NAME [--repeats N]\nNAME is one of: ${Object.keys(benches).join(', ')}\n`,
  );
  process.exitCode = 2;
} else {
  const repeatsAt = process.argv.indexOf('--repeats');
  const repeats = repeatsAt < 0 ? 7 : Number(process.argv[repeatsAt + 1]);
  if (!Number.isInteger(repeats) || repeats < 1) throw new Error('--repeats takes a whole number from 1');
  const figures = await bench({ repeats, progress: (text) => process.stderr.write(`  ${text}\n`) });
  process.stderr.write(
    `\n${'metric'.padEnd(26)}${'value'.padStart(10)}${'peer'.padStart(10)}${'ratio'.padStart(8)}  unit, n, peer\n`,
  );
  for (const figure of figures) {
    process.stdout.write(`${JSON.stringify({ bench: name, ...figure })}\n`);
    const { metric, value, peerValue, ratio, unit, n, peer } = figure;
    process.stderr.write(
      `${metric.padEnd(26)}${String(value).padStart(10)}${String(peerValue).padStart(10)}${ratio.toFixed(2).padStart(8)}  ${unit}, ${n}, ${peer}\n`,
    );
  }
}
