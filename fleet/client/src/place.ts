/** Where an address of the soft client leads. */
export type Place =
  | { page: 'meeting'; number: string }
  | { page: 'start' }
  /** `number`: the meeting that somebody cannot join; null to test only what is on this side. */
  | { page: 'check'; number: string | null }
  | { page: 'nowhere' };

const nineDigits = /^\d{9}$/;

export function placeOf({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Place {
  const [, path] = /^\/m(?:\/([^/]*))?\/?$/.exec(pathname) ?? [];
  if (path === undefined || path === '') return { page: 'start' };
  if (nineDigits.test(path)) return { page: 'meeting', number: path };
  if (path !== 'check') return { page: 'nowhere' };
  const number = new URLSearchParams(search).get('number') ?? '';
  return { page: 'check', number: nineDigits.test(number) ? number : null };
}
