import { useEffect } from 'react';
import { startKnocking } from './knock.ts';

/** Knocks as long as something rings. `loudness` 0…1; 0 is silent. */
export function useKnock(isRinging: boolean, loudness: number): void {
  useEffect(() => (isRinging ? startKnocking(loudness) : undefined), [isRinging, loudness]);
}
