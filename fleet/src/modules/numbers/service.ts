import type { FleetDatabase } from '../../db/database.ts';
import { newNineDigits } from '../../secret.ts';
import { createNumberRepository } from './repository.ts';

/** The nine-digit numbers that people type: cloud rooms and meetings share them, so that a number names one thing. */
export interface NumbersService {
  /** A number that nothing has, drawn at random: knowing one does not help to guess another. */
  next(tx: FleetDatabase): Promise<string>;
}

export function createNumbersService(): NumbersService {
  return {
    async next(tx) {
      const repository = createNumberRepository(tx);
      for (;;) {
        const number = newNineDigits();
        if (!(await repository.isTaken(number))) return number;
      }
    },
  };
}
