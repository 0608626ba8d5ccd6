import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { RunLines } from '../../ports/programs.ts';
import { createGpioTools } from '../../transports/gpio-tools.ts';
import { runLines } from '../../transports/run-lines.ts';
import { createGpioMuteKey } from './driver.ts';

/** Programs that say what the test tells them to. */
function createBench({ isActiveLow = false, first = '0' } = {}) {
  const clock = createManualClock(new Date('2026-01-05T09:00:00.000Z'));
  const ran: string[] = [];
  let level = first;
  const seen: boolean[] = [];
  let edges = Promise.withResolvers<string | null>();
  const run: RunLines = async function* (program, args, { signal }) {
    ran.push([program, ...args].join(' '));
    if (program === 'gpioget') {
      yield level;
      return;
    }
    signal.addEventListener('abort', () => edges.resolve(null), { once: true });
    for (let line = await edges.promise; line !== null; line = await edges.promise) {
      edges = Promise.withResolvers();
      yield line;
    }
    edges = Promise.withResolvers();
    throw new Error('gpiomon ended with 1: line busy');
  };
  const lines = createGpioTools({ chip: 'gpiochip0', run, clock });
  const key = createGpioMuteKey({
    ...{
      key: { kind: 'gpio', chip: 'gpiochip0', line: 17, isActiveLow },
      lines,
      clock,
      log: pino({ level: 'silent' }),
    },
  });
  onTestFinished(() => key[Symbol.asyncDispose]());
  key.onChange((isMuted) => seen.push(isMuted));
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    ...{ key, clock, ran, seen, settle },
    /** It changes, and nobody hears of it. */
    become(now: string) {
      level = now;
    },
    async say(line: string | null) {
      edges.resolve(line);
      await settle();
    },
  };
}

test('the key counts as down until it was read, and is watched from then on', async () => {
  const { key, ran, seen, settle, say } = createBench();
  expect(key.isMuted()).toBe(true);
  await settle();
  expect(key.isMuted()).toBe(false);
  await say('1');
  await say('0');
  expect(seen).toEqual([false, true, false]);
  expect(ran).toEqual(['gpioget gpiochip0 17', 'gpiomon --line-buffered --format=%e gpiochip0 17']);
});

test('a key that pulls its line down is read the other way round by the tools', async () => {
  const { ran, settle } = createBench({ isActiveLow: true });
  await settle();
  expect(ran[0]).toBe('gpioget -l gpiochip0 17');
});

test('a key that cannot be read any more stays as it was, and is read again', async () => {
  const { key, clock, ran, settle, say } = createBench();
  await settle();
  await say('1');
  await say(null);
  expect(key.isMuted()).toBe(true);
  await clock.advance(1_000);
  await settle();
  expect(ran).toHaveLength(4);
  expect(key.isMuted()).toBe(false);
});

test('a key that went down between two programs is found down', async () => {
  const { key, clock, settle, become } = createBench();
  await settle();
  become('1');
  expect(key.isMuted()).toBe(false);
  await clock.advance(1_000);
  await settle();
  expect(key.isMuted()).toBe(true);
});

test('a line that is no level lifts nothing', async () => {
  const { key, settle, say } = createBench({ first: '1' });
  await settle();
  await say('rising');
  expect(key.isMuted()).toBe(true);
});

test('a program that fails says why, and one that is not there too', async () => {
  const { signal } = new AbortController();
  const lines = async (program: string, args: string[]) => {
    const got: string[] = [];
    for await (const line of runLines(program, args, { signal })) got.push(line);
    return got;
  };
  expect(await lines('sh', ['-c', 'echo 1; echo 0'])).toEqual(['1', '0']);
  await expect(lines('sh', ['-c', 'echo busy >&2; exit 3'])).rejects.toThrow('sh ended with 3: busy');
  await expect(lines('no-such-program', [])).rejects.toThrow('ENOENT');
});
