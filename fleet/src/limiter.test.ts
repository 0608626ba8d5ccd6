import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter.ts';

function createThree() {
  const clock = createManualClock();
  return { clock, limiter: createLimiter({ clock, limit: 3, windowMs: 60_000 }) };
}

describe('limiter', () => {
  it('allows so many tries of a key in any window, and says how long to wait', async () => {
    const { clock, limiter } = createThree();
    limiter.take('a');
    await clock.advance(10_000);
    limiter.take('a');
    limiter.take('a');
    expect(() => limiter.take('a')).toThrow(
      expect.objectContaining({ code: 'rate_limited', values: { retryAfterS: 50 } }),
    );
    await clock.advance(50_000);
    expect(() => limiter.take('a')).not.toThrow();
    expect(() => limiter.take('a')).toThrow();
  });

  it('counts each key for itself', () => {
    const { limiter } = createThree();
    for (let i = 0; i < 3; i++) limiter.take('a');
    expect(() => limiter.take('b')).not.toThrow();
  });

  it('takes nothing of any key when one of them is used up', () => {
    const { limiter } = createThree();
    for (let i = 0; i < 3; i++) limiter.take('a');
    for (let i = 0; i < 5; i++) expect(() => limiter.take('b', 'a')).toThrow();
    for (let i = 0; i < 3; i++) expect(() => limiter.take('b')).not.toThrow();
  });

  it('checks without taking', () => {
    const { limiter } = createThree();
    for (let i = 0; i < 5; i++) limiter.check('a');
    for (let i = 0; i < 3; i++) limiter.take('a');
    expect(() => limiter.check('a')).toThrow();
  });

  it('gives tries back', () => {
    const { limiter } = createThree();
    for (let i = 0; i < 10; i++) {
      limiter.take('a');
      limiter.refund('a');
    }
    expect(() => limiter.take('a')).not.toThrow();
  });
});
