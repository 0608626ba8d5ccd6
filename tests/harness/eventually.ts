import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks `probe` until `accept` takes its answer; rejects after `withinMs` with the last answer.
 * For what is true only after other processes did their part.
 */
export async function eventually<T>(
  what: string,
  withinMs: number,
  probe: () => Promise<T> | T,
  accept: (answer: T) => boolean,
): Promise<T> {
  const endsAt = performance.now() + withinMs;
  for (;;) {
    const answer = await probe();
    if (accept(answer)) return answer;
    if (performance.now() > endsAt)
      throw new Error(`${what}: not within ${withinMs} ms; last: ${JSON.stringify(answer)}`);
    await sleep(50);
  }
}
