import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseTally, type Tally } from './tally.ts';

/**
 * A guest with a kernel of its own that sees the files of this machine and runs our drivers with this machine's Node and
 * tools. It runs `guest.sh`, which runs the rig's tests and switches off.
 */
export type Rig = {
  /** A shell file that makes what the guest boots from; it does nothing when that is there. Gets the folder to make it in. */
  builder: string;
  /** A program of Node's test runner. */
  tests: string;
  /** How the guest is booted; its console is on standard output. `settings` are words for the kernel's command line. */
  boot(folder: string, settings: readonly string[]): { program: string; args: readonly string[] };
  /** From power on to power off. */
  withinMs: number;
};

type Options = { say: (line: string) => void };

const root = resolve(import.meta.dirname, '../..');
/** git ignores it. */
const cache = join(root, '.rigs');
const broken: Tally = { passed: 0, failed: 1, skipped: 0 };

export async function runRig(rig: Rig, { say }: Options): Promise<Tally> {
  if (process.arch !== 'x64') {
    say(`SKIPPED, nothing was tested: the guest is a PC, and this machine is ${process.arch}.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const folder = join(cache, rig.builder.split('/').at(-2) ?? '');
  const build = spawn('sh', [rig.builder, folder], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(build, 'exit');
  if (code !== 0) {
    say(`FAILED, nothing was tested: ${rig.builder} ended with ${code}.`);
    return broken;
  }
  return runGuest(rig, folder, say);
}

async function runGuest(rig: Rig, folder: string, say: (line: string) => void): Promise<Tally> {
  const settings = [`rig_root="${root}"`, `rig_node="${process.execPath}"`, `rig_tests="${join(root, rig.tests)}"`];
  const { program, args } = rig.boot(folder, settings);
  // A group of its own: a user-mode kernel is many processes, and all of them must go.
  const guest = spawn(program, args, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(guest, 'close');
  const lines: string[] = [];
  createInterface({ input: guest.stdout }).on('line', (text) => {
    const line = text.trimEnd();
    lines.push(line);
    say(line);
  });
  const end = endWith(guest, rig.withinMs);
  const [code, killedBy] = await closed.finally(end.forget);
  const tally = parseTally(lines);
  if (end.cause) say(`FAILED: the guest was ended, ${end.cause}.`);
  else if (!tally) say(`FAILED: the guest went off before its tests were over, with ${killedBy ?? code}.`);
  return tally && !end.cause ? tally : broken;
}

/** Ends the guest when it takes too long, or when somebody ends us. */
function endWith(guest: ChildProcess, withinMs: number) {
  const end = {
    cause: null as string | null,
    forget() {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const stop = (cause: string) => {
    end.cause = cause;
    if (guest.pid !== undefined) process.kill(-guest.pid, 'SIGKILL');
  };
  const interrupt = (signal: NodeJS.Signals) => stop(`as ${signal} asks`);
  const timer = setTimeout(() => stop(`as it took longer than ${withinMs / 1_000} s`), withinMs);
  for (const signal of signals) process.on(signal, interrupt);
  return end;
}
