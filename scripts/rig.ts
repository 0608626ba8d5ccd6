import { cecV4l2Rig } from '../tests/rigs/cec-v4l2/rig.ts';
import { gpioRig } from '../tests/rigs/gpio/rig.ts';
import { type Rig, runRig } from '../tests/rigs/rig.ts';

/** `npm run rig:NAME`: what the guest says as it comes, and the tally on the last line. */
const rigs: Record<string, Rig> = { gpio: gpioRig, 'cec-v4l2': cecV4l2Rig };

const name = process.argv[2] ?? '';
const rig = rigs[name];
if (!rig) throw new Error(`there is no rig ${name}, only ${Object.keys(rigs).join(', ')}`);
const { passed, failed, skipped } = await runRig(rig, {
  say: (line) => process.stdout.write(`${line}\n`),
});
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 ? 1 : 0;
