import { drawTogether } from '../tests/harness/draw-together.ts';
import { startRig } from '../tests/harness/rig.ts';

/**
 * `npm run whiteboard [-- SECONDS]`: three clients draw for a minute on one board with a real fleet, one of them losing its
 * network twice. Prints what came of it and fails unless all boards are equal and nothing is lost.
 */
const seconds = Number(process.argv[2] ?? 60);
if (!Number.isInteger(seconds) || seconds < 5) throw new Error('usage: npm run whiteboard [-- SECONDS], from 5');

await using rig = await startRig();
const report = await drawTogether(rig, { seconds });
process.stdout.write(`${JSON.stringify(report)}\n`);
if (!report.isEqual || report.lost.length > 0 || report.stillThere.length > 0) process.exitCode = 1;
