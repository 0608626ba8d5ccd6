import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryPrograms } from '../drivers/testing/memory-programs.ts';
import { createPlayedPrograms, createProgramReader } from './played-programs.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const words = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/[\n\0]/g, ''));

test('what a program says is the same however it is split and joined', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(words, { maxLength: 5 }), words, sizes, (lines, failure, lengths) => {
      const all = bytesOf(`${lines.map((line) => `${line}\n`).join('')}\0${failure}\0`);
      const reader = createProgramReader();
      const heard: string[] = [];
      let ended: string | null = null;
      for (let at = 0, turn = 0; at < all.length; turn++) {
        const length = lengths[turn % lengths.length] ?? 1;
        const said = reader.push(all.subarray(at, at + length));
        heard.push(...said.lines);
        ended ??= said.failure;
        at += length;
      }
      if (JSON.stringify([heard, ended]) !== JSON.stringify([lines, failure]))
        expect([heard, ended]).toEqual([lines, failure]);
    }),
    { numRuns: 10_000 },
  );
});

test('no bytes of it are thrown at', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 4 }), (chunks) => {
      const reader = createProgramReader();
      for (const chunk of chunks) reader.push(chunk);
    }),
    { numRuns: 10_000 },
  );
});

const { signal } = new AbortController();

function play(run: Parameters<typeof createPlayedPrograms>[0]['run']) {
  const clock = createManualClock();
  const device = createPlayedPrograms({ run, setBusy: () => undefined, setLying: () => undefined });
  return { clock, device, programs: createMemoryPrograms({ device, clock }) };
}

test('a program that fails says why, one that is killed that it was, and one that hangs that nothing came', async () => {
  const { clock, device, programs } = play(async function* (_program, [how], { signal: ends }) {
    yield 'something';
    if (how === 'fail') throw new Error('no such thing');
    if (how === 'hang') await new Promise((resolve) => ends.addEventListener('abort', resolve));
  });
  const run = (how: string) => programs.runProgram('tool', [how], { signal, timeoutMs: 5_000 });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  expect(await run('end')).toBe('something\n');
  await expect(run('fail')).rejects.toThrow('no such thing');
  const killed = run('hang');
  killed.catch(() => undefined); // Looked at below.
  await turn();
  device.powerCycle();
  await expect(killed).rejects.toThrow('tool was killed');
  const hanging = run('hang');
  hanging.catch(() => undefined); // Looked at below.
  await turn();
  await clock.advance(5_000);
  await expect(hanging).rejects.toMatchObject({ fault: 'no_answer', message: 'tool: nothing in 5000 ms' });
});

test('whoever stops listening stops the program', async () => {
  const ended: string[] = [];
  const { programs } = play(async function* (_program, _args, { signal: ends }) {
    yield '1';
    await new Promise((resolve) => ends.addEventListener('abort', resolve));
    ended.push('stopped');
  });
  for await (const line of programs.runLines('tool', [], { signal })) {
    expect(line).toBe('1');
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(ended).toEqual(['stopped']);
});
