import { renewResponse } from '@anteroom/shared/protocol/enrolment.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { backoffMs } from './backoff.ts';
import { createCertificateRequest } from './certificate-request.ts';
import type { FleetClient } from './fleet-client.ts';
import { certificateLife, checkCertificate, type Enrolment, privateKeyOf, renewAtMs } from './identity.ts';

export type RenewalDeps = {
  fleet: FleetClient;
  clock: Clock;
  random: () => number;
  log: Logger;
  /** Server time as far as it is known. */
  serverNow(): Date;
  /** Must make the new certificate durable before it resolves. */
  onRenewed(enrolment: Enrolment): Promise<void>;
};

/** Why a certificate will not be renewed by itself. */
export type RenewalEnd = { code: string };

const pauseAfterRenewalMs = 60_000;
const retry = { firstMs: 10_000, mostMs: 15 * 60_000 };
/** An expired certificate keeps the terminal out of everything: it is tried more often. */
const expiredRetry = { firstMs: 2_000, mostMs: 60_000 };
/** Long waits are cut, so that a clock which jumps, or a laptop that sleeps, is noticed. */
const lookEveryMs = 30 * 60_000;
/** After these answers only a new pairing helps. */
const finalCodes = ['certificate_revoked', 'certificate_too_old', 'terminal_retired'];

export interface Renewal {
  /** Renews at two thirds of life, again and again; resolves when only a new pairing helps. */
  run(enrolment: Enrolment, options: { signal: AbortSignal }): Promise<RenewalEnd>;
  /** The broker or signalling refused the certificate: ask the fleet what is the matter with it. */
  askNow(): void;
}

export function createRenewal(deps: RenewalDeps & { keyPem: string }): Renewal {
  const { fleet, clock, random, log, serverNow, onRenewed, keyPem } = deps;
  const key = privateKeyOf({ keyPem, enrolment: null });
  let asked = new AbortController();

  async function sleepUntilAsked(delayMs: number, signal: AbortSignal): Promise<'asked' | 'slept'> {
    const wake = asked.signal;
    try {
      await clock.sleep(delayMs, { signal: AbortSignal.any([signal, wake]) });
      return 'slept';
    } catch (cause) {
      if (signal.aborted || !wake.aborted) throw cause;
      asked = new AbortController();
      return 'asked';
    }
  }

  return {
    askNow: () => asked.abort(),
    async run(first, { signal }) {
      let enrolment = first;
      let attempt = 0;
      let isAsked = false;
      for (;;) {
        const life = certificateLife(enrolment.certificatePem);
        const dueInMs = renewAtMs(life) - serverNow().getTime();
        if (dueInMs > 0 && !isAsked) {
          isAsked = (await sleepUntilAsked(Math.min(dueInMs, lookEveryMs), signal)) === 'asked';
          continue;
        }
        isAsked = false;
        const body = {
          certificate: enrolment.certificatePem,
          csr: createCertificateRequest({ privateKey: key, name: enrolment.terminalId }),
        };
        const path = '/enrol/v1/renewals';
        const answer = await fleet.call({ method: 'POST', path, body, schema: renewResponse, signal });
        if (answer.ok) {
          const { certificate, mqttUrl } = answer.body;
          const check = checkCertificate(certificate, { key, terminalId: enrolment.terminalId });
          if (check.ok) {
            enrolment = { ...enrolment, certificatePem: certificate, mqttUrl };
            await onRenewed(enrolment);
            log.info({ until: new Date(certificateLife(certificate).untilMs).toISOString() }, 'certificate renewed');
            attempt = 0;
            // A fleet that hands out certificates which are due at once must not be asked without end.
            await sleepUntilAsked(pauseAfterRenewalMs, signal);
            continue;
          }
          log.error({ why: check.why }, 'renewed certificate refused');
        } else {
          const code = answer.fault.kind === 'problem' ? answer.fault.problem.code : null;
          if (code && finalCodes.includes(code)) return { code };
          log.warn({ fault: answer.fault, attempt }, 'certificate not renewed');
        }
        const isExpired = serverNow().getTime() > life.untilMs;
        const waitMs = backoffMs(attempt, isExpired ? expiredRetry : retry, random);
        attempt += 1;
        isAsked = (await sleepUntilAsked(waitMs, signal)) === 'asked';
      }
    },
  };
}
