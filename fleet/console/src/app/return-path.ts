import { entrySearch } from './address.ts';

/**
 * Where to go on after the way to an identity provider: kept by this browser, since the way back has one address. Read
 * like the `next` of an address, a path of this console and never another site.
 */
const key = 'anteroom.next';

export function keepReturnPath(next: string | undefined): void {
  if (next === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, next);
}

export function takeReturnPath(): string {
  const { next } = entrySearch.parse({ next: sessionStorage.getItem(key) ?? undefined });
  sessionStorage.removeItem(key);
  return next ?? '/';
}
