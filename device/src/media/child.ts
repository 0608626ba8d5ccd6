import { fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FromMedia, fromMedia, type ToMedia } from './ipc.ts';

/** One media process as its parent sees it: parsed messages in and out, and its end. */
export interface MediaChild {
  readonly pid: number | undefined;
  send(message: ToMedia): void;
  kill(): void;
  /** Resolves once, when the process is gone, to what ended it. */
  readonly exited: Promise<string>;
}

export type MediaChildListener = {
  onMessage(message: FromMedia): void;
  /** Something arrived that is no message of the protocol. */
  onInvalid(detail: string): void;
};

export type ForkMedia = (listener: MediaChildListener) => MediaChild;

const processFile = fileURLToPath(new URL('./process.ts', import.meta.url));

/** Forks the real media process, under the same Node. */
export const forkMediaProcess: ForkMedia = (listener) => {
  // Below the folder that is in use here there is one for each version of Node; the child chooses its own.
  const cacheFolder = getCompileCacheDir();
  const child = fork(processFile, cacheFolder ? [dirname(cacheFolder)] : [], {
    // The young generation is kept small: the process makes little garbage, and a spare should cost little memory.
    execArgv: ['--max-semi-space-size=1'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (raw) => {
    const parsed = fromMedia.safeParse(raw);
    if (parsed.success) listener.onMessage(parsed.data);
    else listener.onInvalid(parsed.error.message);
  });
  const exited = new Promise<string>((resolve) => {
    child.once('error', (cause) => resolve(`could not be started: ${cause.message}`));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
  });
  return {
    pid: child.pid,
    // A send that fails means that the process is gone, which `exited` tells.
    send: (message) => void (child.connected && child.send(message, () => {})),
    kill: () => void child.kill('SIGKILL'),
    exited,
  };
};
