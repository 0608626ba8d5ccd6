import { isIP } from 'node:net';

/**
 * Who may talk to the panel's server. Its address is local, and a page of the web in any browser on this machine could
 * reach it by a name that resolves here (DNS rebinding) or post to it from elsewhere: both are told by their headers.
 */
export type GuardedRequest = { host: string | undefined; origin: string | undefined };

/** Why the request is refused; null when it is not. */
export function whyRefused({ host, origin }: GuardedRequest, panelHost: string): 'host' | 'origin' | null {
  if (host === undefined || !isOwnHost(hostName(host), panelHost)) return 'host';
  if (origin === undefined) return null;
  // A page of our own names this very host and port as its origin.
  return origin === `http://${host}` ? null : 'origin';
}

/** An address can only be ours: rebinding needs a name. */
function isOwnHost(name: string, panelHost: string): boolean {
  return name === 'localhost' || name === panelHost || isIP(name) !== 0;
}

function hostName(host: string): string {
  const bracketed = /^\[(.+)\](?::\d+)?$/.exec(host);
  if (bracketed?.[1]) return bracketed[1];
  return host.replace(/:\d+$/, '');
}
