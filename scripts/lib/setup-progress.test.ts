// Runs the steps of the set-up in a real sh: what a person sees when a step fails or is stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';

const library = join(import.meta.dirname, 'setup-progress.sh');
let state = '';

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'anteroom-setup-'));
});

afterEach(async () => {
  await rm(state, { recursive: true });
});

function startSteps(script: string) {
  const child = spawn('sh', ['-c', `set -u; state=$1; mkdir "$state/logs"; . "$2"; ${script}`, 'sh', state, library], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, stdout: text(child.stdout), stderr: text(child.stderr), exit: once(child, 'exit') };
}

test('a step that fails shows the end of its output on stderr and stops the set-up', async () => {
  const { stdout, stderr, exit } = startSteps('run_step "a step" sh -c "echo it broke; exit 3"; echo never reached');
  expect((await exit)[0]).toBe(1);
  expect(await stderr).toMatch(/FAILED a step .*exit code 3[\s\S]*it broke/);
  expect(await stdout).toBe('');
});

test('a step that succeeds is one line with its time', async () => {
  const { stderr, exit } = startSteps('run_step "a step" true');
  expect((await exit)[0]).toBe(0);
  expect(await stderr).toMatch(/ {2}done a step \(\d+ s\)/);
});

test('stopping the set-up ends the running step with everything that it started', async () => {
  const { child, stderr, exit } = startSteps(
    'run_step "a long step" sh -c "sleep 60 & echo \\$! >$state/grandchild; echo ready; wait"',
  );
  await expect.poll(() => readFile(join(state, 'logs/step-1.log'), 'utf8'), { timeout: 5_000 }).toContain('ready');
  child.kill('SIGTERM');
  expect((await exit)[0]).toBe(143);
  expect(await stderr).toContain('run it again to go on');
  const grandchild = Number(await readFile(join(state, 'grandchild'), 'utf8'));
  await expect.poll(() => isRunning(grandchild), { timeout: 5_000 }).toBe(false);
});

test('a fingerprint changes with a name and with contents, and with nothing else', async () => {
  const { stdout, exit } = startSteps(`
    mkdir "$state/sources" "$state/sources/dist"; cd "$state/sources"
    echo one >a.ts; fingerprint .; touch a.ts; echo built >dist/out; fingerprint .; echo two >a.ts; fingerprint .; mv a.ts b.ts; fingerprint .`);
  expect((await exit)[0]).toBe(0);
  const [first, touched, changed, renamed] = (await stdout).trim().split('\n');
  expect(touched).toBe(first);
  expect(new Set([first, changed, renamed]).size).toBe(3);
});

/** A process that ended but was not yet collected by its parent no longer runs. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && !/\) Z /.test(stat);
}
