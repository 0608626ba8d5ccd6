import { hash, verify } from '@node-rs/argon2';

/** What one hash costs whoever makes it: memory in KiB, at least 8, and passes over it, at least 1. */
export type PasswordCost = { memoryKiB: number; passes: number };

/** As OWASP recommends for Argon2id (RFC 9106). */
export const passwordCost: PasswordCost = { memoryKiB: 19_456, passes: 2 };

/** Argon2id hashes of passwords. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for nobody's password (null) as for somebody's, so that time does not tell which accounts exist. */
  isRight(passwordHash: string | null, password: string): Promise<boolean>;
}

export function createPasswords({ memoryKiB, passes }: PasswordCost): Passwords {
  const cost = { memoryCost: memoryKiB, timeCost: passes, parallelism: 1 };
  // Of random bytes: nobody has this password.
  const nobodysHash = `$argon2id$v=19$m=${memoryKiB},t=${passes},p=1$lKSr0JSOH6gkrr0Vulx8kw$C928Y1xlHfZMAhnolCXD6x2rJms1sirPYHHv4DLoeQM`;
  return {
    hash: (password) => hash(password.normalize('NFKC'), cost),
    async isRight(passwordHash, password) {
      const isRight = await verify(passwordHash ?? nobodysHash, password.normalize('NFKC'));
      return isRight && passwordHash !== null;
    },
  };
}
