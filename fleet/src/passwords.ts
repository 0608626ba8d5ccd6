import { hash, verify } from '@node-rs/argon2';

/** Of 32 random bytes that were thrown away: nobody has this password. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$lKSr0JSOH6gkrr0Vulx8kw$C928Y1xlHfZMAhnolCXD6x2rJms1sirPYHHv4DLoeQM';

/** Argon2id (RFC 9106) with the library's defaults: 19 MiB, 2 passes, as OWASP recommends. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize('NFKC'));
}

/** Takes as long for nobody's password as for somebody's, so that time does not tell which accounts exist. */
export async function isPasswordOf(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? nobodysHash, password.normalize('NFKC'));
  return isRight && passwordHash !== null;
}
