import { describingWords, things } from './key-phrase-words.ts';

/**
 * The two words that stand for a terminal's key on both screens: the first two bytes of the SHA-256 of its public key
 * (SubjectPublicKeyInfo, DER). A person compares them, so they only have to make a mix-up of two boxes evident; what
 * binds the code to the key is the pairing itself.
 */
export function keyPhraseOf(spkiSha256: Uint8Array): string {
  const [first, second] = spkiSha256;
  const describing = first === undefined ? undefined : describingWords[first];
  const thing = second === undefined ? undefined : things[second];
  if (describing === undefined || thing === undefined) throw new RangeError('a SHA-256 digest has 32 bytes');
  return `${describing} ${thing}`;
}

/** The key phrase of a public key given as SubjectPublicKeyInfo in DER. */
export async function keyPhraseOfKey(spki: Uint8Array<ArrayBuffer>): Promise<string> {
  return keyPhraseOf(new Uint8Array(await crypto.subtle.digest('SHA-256', spki)));
}
