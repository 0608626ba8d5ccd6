import { randomInt } from 'node:crypto';
import { pairingCodeAlphabet, pairingCodeLength } from '@anteroom/shared/protocol/enrolment.ts';

/** Eight characters of the alphabet, each as likely as any other. */
export function newPairingCode(): string {
  return Array.from(
    { length: pairingCodeLength },
    () => pairingCodeAlphabet[randomInt(pairingCodeAlphabet.length)],
  ).join('');
}

/** `ABCD-EFGH`: how a screen shows it. */
export function showCode(code: string): string {
  return `${code.slice(0, pairingCodeLength / 2)}-${code.slice(pairingCodeLength / 2)}`;
}
