import { describe, expect, it } from 'vitest';
import { createPasswords, passwordCost } from './passwords.ts';

const password = 'correct horse battery staple';
const passwords = createPasswords({ memoryKiB: 8, passes: 1 });

describe('a hash of a password', () => {
  it('costs what OWASP recommends at least', async () => {
    expect(await createPasswords(passwordCost).hash(password)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is of this password and no other, however its letters are composed', async () => {
    const hash = await passwords.hash('Blåbær på hyttå');
    expect(await passwords.isRight(hash, 'Blåbær på hyttå'.normalize('NFD'))).toBe(true);
    expect(await passwords.isRight(hash, 'blåbær på hyttå')).toBe(false);
  });

  it('is another one each time', async () => {
    expect(await passwords.hash(password)).not.toBe(await passwords.hash(password));
  });

  it('is checked also when it was made at another cost', async () => {
    const hash = await createPasswords({ memoryKiB: 64, passes: 2 }).hash(password);
    expect(await passwords.isRight(hash, password)).toBe(true);
  });

  it('that nobody has is of no password', async () => {
    for (const tried of ['', password]) expect(await passwords.isRight(null, tried)).toBe(false);
  });
});
