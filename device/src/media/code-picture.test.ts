import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { codePicture } from './graph.ts';

const frames = 2_000;
const picture = { width: 640, height: 360, framesPerSecond: 30 };

/** Plays a description to its end as fast as it goes, and resolves to the most memory that it took, in MB. */
async function mostMemoryOf(description: string): Promise<number> {
  const program = spawn('gst-launch-1.0', ['-q', ...description.split(' '), '!', 'fakesink'], { stdio: 'ignore' });
  const ended = once(program, 'exit');
  let mostMb = 0;
  while (program.exitCode === null && program.signalCode === null) {
    const status = await readFile(`/proc/${program.pid}/status`, 'utf8').catch(() => ''); // It has just ended.
    mostMb = Math.max(mostMb, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1000);
    await sleep(20);
  }
  expect(await ended).toEqual([0, null]);
  return mostMb;
}

test('a simulated camera takes no more memory the longer it runs', async () => {
  const description = codePicture(picture, { source: 'source', code: 'code', ground: '0xff24303a' })
    .replace('is-live=true', `num-buffers=${frames}`)
    .replace('name=code', 'name=code data=ROOM');
  const mostMb = await mostMemoryOf(description);
  expect(mostMb).toBeGreaterThan(5);
  // Drawn as large as it is shown, the code takes 0.1 MB of each frame and never gives it back.
  expect(mostMb).toBeLessThan(100);
}, 60_000);
