import type { IncomingHttpHeaders } from 'node:http';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';

/**
 * Refuses what another site's page sends in our user's name. Browsers put Origin on everything that changes something
 * and on WebSockets; programs that are no browsers send none and bear no cookie by themselves.
 */
export function checkOrigin(headers: IncomingHttpHeaders, publicUrl: string): void {
  const { origin, host } = headers;
  if (origin === undefined) {
    if (headers['sec-fetch-site'] === 'cross-site') throw new ProblemError('origin_forbidden');
    return;
  }
  if (origin === new URL(publicUrl).origin) return;
  const isOurs = URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
  if (!isOurs) throw new ProblemError('origin_forbidden');
}
