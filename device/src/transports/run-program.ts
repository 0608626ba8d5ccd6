import { execFile } from 'node:child_process';
import { DriverError } from '../ports/driver-error.ts';
import type { RunProgram } from '../ports/programs.ts';

/** Without a shell: what a profile says is never a command. */
export const runProgram: RunProgram = (program, args, { signal, timeoutMs }) =>
  new Promise((resolve, reject) => {
    execFile(program, [...args], { signal, timeout: timeoutMs, maxBuffer: 1_000_000 }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (signal.aborted) return reject(signal.reason);
      if (error.killed)
        return reject(new DriverError('no_answer', `${program}: nothing in ${timeoutMs} ms`, { cause: error }));
      reject(new Error(`${program}: ${stderr.trim() || stdout.trim() || error.message}`, { cause: error }));
    });
  });
