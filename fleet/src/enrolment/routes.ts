import { pairingId } from '@anteroom/shared/ids.ts';
import {
  pairingStatusResponse,
  renewRequest,
  renewResponse,
  startPairingRequest,
  startPairingResponse,
} from '@anteroom/shared/protocol/enrolment.ts';
import { signedTimeRequest, signedTimeResponse, signedTimeText } from '@anteroom/shared/protocol/time.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createLimiter } from '../limiter.ts';
import { showCode } from '../modules/pairings/code.ts';
import type { PairingsService } from '../modules/pairings/service.ts';
import type { Authority } from './authority.ts';

const pollAfterMs = 1_000;
const minuteMs = 60_000;
/** Polls of one pairing; a terminal makes 60 a minute. */
const pollsPerMinute = 180;
/** Signatures for one address, behind which a whole building may start at once after a power cut. */
const timesPerMinute = 600;

/** How a terminal without a certificate gets one, and how one with a certificate gets the next. */
export function registerEnrolment(
  app: FastifyInstance,
  deps: {
    authority: Authority;
    pairings: PairingsService;
    clock: Clock;
    publicUrl: () => string;
    mqttUrl: () => string;
  },
): void {
  const { authority, pairings, clock, publicUrl, mqttUrl } = deps;
  const polls = createLimiter({ clock, limit: pollsPerMinute, windowMs: minuteMs });
  const timeSignatures = createLimiter({ clock, limit: timesPerMinute, windowMs: minuteMs });
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    '/enrol/v1/pairings',
    { schema: { body: startPairingRequest, response: { 201: startPairingResponse } } },
    async (request, reply) => {
      const pairing = await pairings.start(request.body, request.ip);
      const { id, code, keyPhrase, expiresAt } = pairing;
      const claimUrl = `${publicUrl()}/claim?code=${code}`;
      return reply.code(201).send({ pairingId: id, code: showCode(code), keyPhrase, expiresAt, pollAfterMs, claimUrl });
    },
  );

  routes.get(
    '/enrol/v1/pairings/:pairingId',
    { schema: { params: z.strictObject({ pairingId }), response: { 200: pairingStatusResponse } } },
    async (request) => {
      polls.take(request.params.pairingId);
      const status = await pairings.status(request.params.pairingId);
      return status.status === 'claimed' ? { ...status, mqttUrl: mqttUrl() } : status;
    },
  );

  routes.post(
    '/enrol/v1/renewals',
    { schema: { body: renewRequest, response: { 200: renewResponse } } },
    async (request) => {
      const issued = await pairings.renew(request.body, request.ip);
      return { certificate: issued.chainPem, mqttUrl: mqttUrl() };
    },
  );

  routes.post(
    '/enrol/v1/time',
    { schema: { body: signedTimeRequest, response: { 200: signedTimeResponse } } },
    async (request) => {
      timeSignatures.take(request.ip);
      const serverTime = clock.now().toISOString();
      return { serverTime, signature: await authority.signText(signedTimeText({ ...request.body, serverTime })) };
    },
  );
}
