import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { readOrCreateSecret } from '../../enrolment/key-file.ts';
import { createLimiter } from '../../limiter.ts';
import { hashToken, newToken } from '../../secret.ts';

/** Who runs the installation: whoever can read its data folder. Not an account, because no organization owns it. */
export interface Operator {
  /** Throws unless this is the operator's key. */
  check(key: string, address: string): void;
}

const wrongKeysPerMinute = 10;

export async function createOperator(deps: { dataDir: string; clock: Clock }): Promise<Operator> {
  const file = join(deps.dataDir, 'keys', 'operator-key');
  const key = (await readOrCreateSecret(file, () => Promise.resolve(`${newToken()}\n`))).trim();
  const expected = Buffer.from(hashToken(key));
  const wrongTries = createLimiter({ clock: deps.clock, limit: wrongKeysPerMinute, windowMs: 60_000 });
  return {
    check(given, address) {
      wrongTries.check(address);
      if (timingSafeEqual(Buffer.from(hashToken(given.trim())), expected)) return;
      wrongTries.take(address);
      throw new ProblemError('operator_key_wrong');
    },
  };
}
