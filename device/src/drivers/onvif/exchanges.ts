import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange, Verdict } from '../../ports/exchange.ts';
import { type HttpResponse, packMessage } from '../../ports/http-line.ts';
import { bodyOf, type OnvifRequest, type OnvifService, type ServicePaths } from './codec.ts';
import {
  type DigestChallenge,
  digestAuthorization,
  type OnvifAccess,
  parseChallenge,
  usernameToken,
} from './security.ts';
import { envelope, parseReply, type SoapReply } from './soap.ts';

/** What a conversation with a device remembers. */
export type OnvifSession = {
  access: OnvifAccess;
  /** Where each service is; all are where the device service is until it has told. */
  devicePath: string;
  paths: ServicePaths;
  /** What the device’s clock is ahead of ours. */
  aheadMs: number;
  /** Asked for with HTTP’s status 401: from then on, each request bears what answers it, and no token. */
  challenge: DigestChallenge | null;
  /** How often that was answered. */
  challengeUses: number;
  lastNumber: number;
  timeoutMs: number;
  now: () => Date;
  /** Sixteen random bytes. */
  nonce: () => Uint8Array;
};

/** The codes of ONVIF’s faults (Core and PTZ Service Specifications), the special before the general. */
const faults: readonly { code: string; fault: DriverError['fault'] }[] = [
  { code: 'MovingPTZ', fault: 'not_now' },
  { code: 'NoStatus', fault: 'not_now' },
  { code: 'ActionNotSupported', fault: 'refused' },
  { code: 'TooManyPresets', fault: 'refused' },
  { code: 'Receiver', fault: 'device_failed' },
  { code: 'Sender', fault: 'refused' },
];

export function faultError(name: string, { codes, reason }: Extract<SoapReply, { is: 'fault' }>): DriverError {
  const known = faults.find(({ code }) => codes.includes(code));
  return new DriverError(known?.fault ?? 'nonsense', `${name}: ${codes.join('/')}: ${reason}`);
}

/** ONVIF’s word for it, and WS-Security’s. */
export const isNotAuthorized = (reply: SoapReply): boolean =>
  reply.is === 'fault' && ['NotAuthorized', 'FailedAuthentication'].some((code) => reply.codes.includes(code));

/** What HTTP says where no SOAP is in it. */
function httpError(name: string, { status }: HttpResponse): DriverError {
  return new DriverError(httpFault(status), `${name}: HTTP ${status}`);
}

function httpFault(status: number): DriverError['fault'] {
  if (status === 503) return 'busy';
  // Not implemented.
  if (status === 501) return 'refused';
  if (status >= 500) return 'device_failed';
  return status >= 400 ? 'refused' : 'nonsense';
}

/** One request, and the answer or fault that belongs to it. */
export function soapExchange(
  request: OnvifRequest,
  { isUrgent, isOpen }: { isUrgent: boolean /** Asked without saying who asks. */; isOpen: boolean },
  session: OnvifSession,
): Exchange<HttpResponse, SoapReply> {
  const name = request.action;
  const path = pathOf(request.service, session);
  const access = isOpen ? null : session.access;
  let number = 0;
  let hasAnswered = false;

  function take(response: HttpResponse): Verdict<SoapReply> {
    if (response.number !== number) return { is: 'foreign' };
    const challenge = response.status === 401 ? parseChallenge(response.headers['www-authenticate']) : null;
    if (challenge && access && !hasAnswered) {
      hasAnswered = true;
      session.challenge = challenge;
      session.challengeUses = 0;
      return { is: 'again', afterMs: 0 };
    }
    const reply = parseReply(response.body);
    return reply ? { is: 'done', value: reply } : { is: 'failed', error: httpError(name, response) };
  }

  return {
    ...{ name, isUrgent, timeoutMs: session.timeoutMs, take },
    start() {
      number = ++session.lastNumber;
      const isByHttp = access !== null && session.challenge !== null;
      const header = access && !isByHttp ? tokenFor(access, session) : '';
      return packMessage({
        ...{ number, path, body: envelope({ header, body: bodyOf(request) }) },
        headers: {
          'content-type': 'application/soap+xml; charset=utf-8',
          ...(isByHttp ? { authorization: authorizationFor(access, path, session) } : {}),
        },
      });
    },
  };
}

/** Of the two media services, one will do. */
export const mediaOf = ({ media }: ServicePaths): 'media' | 'media2' => (media === undefined ? 'media2' : 'media');

function pathOf(service: OnvifService, { devicePath, paths }: OnvifSession): string {
  return service === 'device' ? devicePath : (paths[service] ?? devicePath);
}

function tokenFor(access: { user: string; password: string }, { now, aheadMs, nonce }: OnvifSession): string {
  return usernameToken({ ...access, nonce: nonce(), createdAt: new Date(now().getTime() + aheadMs) });
}

function authorizationFor(access: { user: string; password: string }, path: string, session: OnvifSession): string {
  if (!session.challenge) throw new Error('nothing was asked for');
  const clientNonce = Buffer.from(session.nonce()).toString('hex');
  session.challengeUses += 1;
  return digestAuthorization(session.challenge, { access, path, count: session.challengeUses, clientNonce });
}
