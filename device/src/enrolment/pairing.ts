import {
  pairingStatusResponse,
  type StartPairingRequest,
  type StartPairingResponse,
  startPairingResponse,
} from '@anteroom/shared/protocol/enrolment.ts';
import type { LocalizedText } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { backoffMs } from './backoff.ts';
import { faultText, phraseMismatch } from './fault-text.ts';
import type { FleetAnswer, FleetClient, FleetFault } from './fleet-client.ts';
import type { Enrolment } from './identity.ts';

/** A pairing as the screens show it. */
export type PairingView =
  | { state: 'contacting'; fault: LocalizedText | null }
  | { state: 'pairing'; code: string; keyPhrase: string; expiresAt: string; claimUrl: string };

export type PairingDeps = {
  fleet: FleetClient;
  clock: Clock;
  random: () => number;
  log: Logger;
  onView(view: PairingView): void;
  /** Every answer of the fleet tells its time, which a terminal that starts in 1970 needs. */
  onServerTime(at: Date): void;
};

export type PairingAsk = StartPairingRequest & { keyPhrase: string };

/** A code is replaced this long before it ends, or after half its life when it is that short. */
const replaceBeforeMs = 30_000;
const retry = { firstMs: 1_000, mostMs: 30_000 };
/** So many polls without an answer, and the screen says that the code leads nowhere at the moment. */
const silentPollsShown = 3;

type Shown = { offer: StartPairingResponse; expiresAtMs: number; replaceAtMs: number };
type PollResult =
  | { kind: 'claimed'; enrolment: Enrolment }
  | { kind: 'waiting' }
  | { kind: 'over' }
  | { kind: 'silent'; fault: FleetFault };

/**
 * Shows one code after the other until an administrator claims the terminal. A code that is being typed while it is
 * replaced still counts: it is asked about until it ends. Rejects only when `signal` aborts.
 */
export async function pairTerminal(
  { fleet, clock, random, log, onView, onServerTime }: PairingDeps,
  { keyPhrase, ...body }: PairingAsk,
  { signal }: { signal: AbortSignal },
): Promise<Enrolment> {
  let previous: Shown | null = null;
  for (;;) {
    const shown = await askForCode();
    const result = await waitForClaim(shown, previous);
    if (result) return result;
    previous = shown;
  }

  function heard<T>(answer: FleetAnswer<T>): FleetAnswer<T> {
    if (answer.serverTime) onServerTime(answer.serverTime);
    return answer;
  }

  async function askForCode(): Promise<Shown> {
    for (let attempt = 0; ; attempt++) {
      const path = '/enrol/v1/pairings';
      const answer = heard(await fleet.call({ method: 'POST', path, body, schema: startPairingResponse, signal }));
      let retryAfterMs: number | null = null;
      if (answer.ok && answer.body.keyPhrase === keyPhrase) return toShown(answer.body, answer.serverTime);
      if (answer.ok) {
        log.error({ expected: keyPhrase, answered: answer.body.keyPhrase }, 'key phrase mismatch');
        onView({ state: 'contacting', fault: phraseMismatch });
      } else {
        if (attempt === 0) log.warn({ fault: answer.fault }, 'pairing not possible yet');
        onView({ state: 'contacting', fault: faultText(answer.fault, fleet.address) });
        if (answer.fault.kind === 'problem') retryAfterMs = answer.fault.retryAfterMs;
      }
      await clock.sleep(Math.max(retryAfterMs ?? 0, backoffMs(attempt, retry, random)), { signal });
    }
  }

  /** Lives are counted from the fleet's own time, so that a wrong clock here does not end a code early. */
  function toShown(offer: StartPairingResponse, serverTime: Date | null): Shown {
    const nowMs = clock.monotonicMs();
    const lifeMs = Math.max(0, Date.parse(offer.expiresAt) - (serverTime ?? clock.now()).getTime());
    return { offer, expiresAtMs: nowMs + lifeMs, replaceAtMs: nowMs + Math.max(lifeMs - replaceBeforeMs, lifeMs / 2) };
  }

  /** Null when it is time for the next code. */
  async function waitForClaim(shown: Shown, before: Shown | null): Promise<Enrolment | null> {
    const { code, expiresAt, claimUrl, pollAfterMs } = shown.offer;
    const view: PairingView = { state: 'pairing', code, keyPhrase, expiresAt, claimUrl };
    onView(view);
    let older = before;
    let silentPolls = 0;
    while (clock.monotonicMs() < shown.replaceAtMs) {
      await clock.sleep(pollAfterMs * (silentPolls > silentPollsShown ? 3 : 1), { signal });
      const result = await poll(shown);
      if (result.kind === 'claimed') return result.enrolment;
      if (result.kind === 'over') return null;
      if (result.kind === 'silent') {
        silentPolls += 1;
        if (silentPolls === silentPollsShown)
          onView({ state: 'contacting', fault: faultText(result.fault, fleet.address) });
        continue;
      }
      if (silentPolls >= silentPollsShown) onView(view);
      silentPolls = 0;
      if (older) {
        const late = await poll(older);
        if (late.kind === 'claimed') return late.enrolment;
        if (late.kind === 'over' || clock.monotonicMs() > older.expiresAtMs) older = null;
      }
    }
    return null;
  }

  async function poll({ offer }: Shown): Promise<PollResult> {
    const path = `/enrol/v1/pairings/${offer.pairingId}`;
    const answer = heard(await fleet.call({ method: 'GET', path, schema: pairingStatusResponse, signal }));
    if (!answer.ok) {
      const isOver = answer.fault.kind === 'problem' && answer.fault.problem.status === 404;
      return isOver ? { kind: 'over' } : { kind: 'silent', fault: answer.fault };
    }
    switch (answer.body.status) {
      case 'waiting':
        return { kind: 'waiting' };
      case 'expired':
        return { kind: 'over' };
      case 'claimed': {
        const { terminalId, certificate, mqttUrl } = answer.body;
        return { kind: 'claimed', enrolment: { terminalId, certificatePem: certificate, mqttUrl } };
      }
    }
  }
}
