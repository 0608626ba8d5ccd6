import { newId } from '@anteroom/shared/ids.ts';
import { useRef } from 'react';

/**
 * Idempotency keys of one form: the same body gets the same key, so that pressing again after a lost answer creates
 * nothing twice; a changed body is another wish and gets another key.
 */
export function useOnceKey(): (body: unknown) => string {
  const last = useRef<{ body: string; key: string } | null>(null);
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current?.body !== text) last.current = { body: text, key: newId('message') };
    return last.current.key;
  };
}
