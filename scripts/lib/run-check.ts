// Runs one command of the checks (types, lint, tests) and tells whether it passed. Does not interpret its output.
import { spawn } from 'node:child_process';

export interface CheckCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** Runs a script under this Node with the terminal's streams; resolves to whether it exited with 0. */
export function runCheck({ args, cwd, signal }: CheckCommand): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    child.once('error', reject);
    child.once('exit', (code) => {
      signal.removeEventListener('abort', stop);
      resolve(code === 0);
    });
  });
}

/** Aborts on the first Ctrl-C or TERM, so that what was started is ended before the process itself ends. */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
