/**
 * How the service worker answers a request. `page`: from the network, else the page that was kept. `file`: what was kept,
 * else from the network. `network`: not its matter, so that nothing of the API and of meetings is ever kept.
 */
export type Way = 'page' | 'file' | 'network';

export function wayOf({ method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>, origin: string): Way {
  const asked = new URL(url);
  if (method !== 'GET' || asked.origin !== origin) return 'network';
  if (mode === 'navigate') return /^\/m(\/|$)/.test(asked.pathname) ? 'page' : 'network';
  return asked.pathname.startsWith('/client/') ? 'file' : 'network';
}

/** Of the caches there are, the oldest first, those to throw away: a page of the version before may still be in a meeting. */
export function outdatedCaches(names: readonly string[], prefix: string): string[] {
  return names.filter((name) => name.startsWith(prefix)).slice(0, -2);
}
