import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { runProgram } from '../../../device/src/transports/run-program.ts';

const device = '/dev/cec0';
/** The input of vivid that is an HDMI plug, whose EDID tells the source its physical address. */
const hdmi = { camera: '/dev/video0', pad: 3 };
const { signal } = new AbortController();
const tell = (program: string, ...args: string[]) => runProgram(program, args, { signal, timeoutMs: 30_000 });

export type Television = AsyncDisposable & {
  /** Every message that it was sent, as `ACTIVE_SOURCE`. */
  heard: string[];
};

/**
 * A television at the other end of vivid's HDMI cable: cec-follower answers for it, but not what is in `ignores`
 * (opcodes of CEC). It takes seconds to change its power.
 */
export async function createTelevision({ name, ignores }: { name: string; ignores: readonly number[] }) {
  await tell('cec-ctl', '-d', device, '--tv', '-o', name);
  // It reports to a file as to a person: nothing would come before its buffer is full.
  const args = ['-oL', 'cec-follower', '-d', device, '-m', ...ignores.flatMap((opcode) => ['-i', `4,${opcode}`])];
  const follower = spawn('stdbuf', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const heard: string[] = [];
  const isReady = Promise.withResolvers<void>();
  createInterface({ input: follower.stdout }).on('line', (line) => {
    if (line.startsWith('Initial Event')) isReady.resolve();
    const [, message] = /^ {4}.* \(\d+ to \d+\): (\w+) \(0x/.exec(line) ?? [];
    if (message) heard.push(message);
  });
  follower.once('exit', (code) => isReady.reject(new Error(`cec-follower ended with ${code}`)));
  await isReady.promise;
  const television: Television = {
    heard,
    async [Symbol.asyncDispose]() {
      follower.kill();
      await once(follower, 'exit');
      await tell('cec-ctl', '-d', device, '--clear');
    },
  };
  return television;
}

/** The plug is pulled, or put in again: the source loses, or gets, its physical address. */
export async function plugCable(isPlugged: boolean): Promise<void> {
  const edid = isPlugged ? [`--set-edid=pad=${hdmi.pad},type=hdmi`] : [`--clear-edid=${hdmi.pad}`];
  await tell('v4l2-ctl', '-d', hdmi.camera, ...edid);
}
