import { describe, expect, it } from 'vitest';
import { keyPhraseOf, keyPhraseOfKey } from './key-phrase.ts';
import { describingWords, things } from './key-phrase-words.ts';

describe('key phrase', () => {
  it('has 256 words on each side, all different', () => {
    expect(describingWords).toHaveLength(256);
    expect(things).toHaveLength(256);
    expect(new Set([...describingWords, ...things]).size).toBe(512);
  });

  it('has words that fit a small screen', () => {
    for (const word of [...describingWords, ...things]) expect(word).toMatch(/^[a-z]{2,8}$/);
  });

  it('is the words of the first two bytes', () => {
    expect(keyPhraseOf(new Uint8Array(32))).toBe('able acorn');
    expect(keyPhraseOf(new Uint8Array(32).fill(255))).toBe('tidy tiger');
  });

  it('is computed from the digest of the key', async () => {
    // SHA-256 of nothing begins with e3 b0.
    expect(await keyPhraseOfKey(new Uint8Array())).toBe(`${describingWords[0xe3]} ${things[0xb0]}`);
  });

  it('refuses what is no digest', () => {
    expect(() => keyPhraseOf(new Uint8Array(1))).toThrow(RangeError);
  });
});
