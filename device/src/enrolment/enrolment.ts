import type { TerminalId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { type Document, StoreError } from '../ports/store.ts';
import { createCertificateRequest } from './certificate-request.ts';
import type { FleetClient } from './fleet-client.ts';
import {
  checkCertificate,
  createIdentity,
  type Enrolment,
  ownKeyPhrase,
  privateKeyOf,
  type StoredIdentity,
} from './identity.ts';
import { type PairingView, pairTerminal } from './pairing.ts';
import { createRenewal, type Renewal } from './renewal.ts';

/** Where the terminal stands with its fleet. */
export type EnrolmentView = PairingView | { state: 'enrolled'; terminalId: TerminalId } | { state: 'revoked' };

export type EnrolmentDeps = {
  document: Document<StoredIdentity>;
  fleet: FleetClient;
  hardware: { serial: string; profile: string; software: string };
  clock: Clock;
  random: () => number;
  log: Logger;
  serverNow(): Date;
  onView(view: EnrolmentView): void;
  onServerTime(at: Date): void;
  /** The terminal has a certificate: bring up the link. Also at start, when it already had one. */
  onEnrolled(identity: EnrolledIdentity): Promise<void>;
  onRenewed(identity: EnrolledIdentity): Promise<void>;
  /** The certificate is of no use any more: take down the link and forget everything that came through it. */
  onRevoked(): Promise<void>;
};

export type EnrolledIdentity = Enrolment & { keyPem: string };

export interface EnrolmentRun {
  /** Pairs, renews and pairs again until `signal` aborts. */
  run(options: { signal: AbortSignal }): Promise<void>;
  /** Somebody refused the certificate: find out why. */
  suspectCertificate(): void;
  /** The fleet said over a channel that it proved itself on that the certificate is revoked. */
  revoke(): void;
}

/** The screen says that the terminal was removed for at least this long before it shows a code. */
const showRevokedMs = 4_000;

export function createEnrolment(deps: EnrolmentDeps): EnrolmentRun {
  const { document, fleet, hardware, clock, random, log, serverNow, onView } = deps;
  let renewal: Renewal | null = null;
  let revoked = new AbortController();

  async function readIdentity(): Promise<StoredIdentity | null> {
    try {
      return await document.read();
    } catch (cause) {
      if (!(cause instanceof StoreError && cause.code === 'corrupt')) throw cause;
      // The damaged file was kept aside. Without its key the terminal can only pair again.
      log.error({ err: cause }, 'identity damaged, pairing again');
      return null;
    }
  }

  async function pair(signal: AbortSignal, known: StoredIdentity | null): Promise<EnrolledIdentity> {
    const identity = known ?? createIdentity();
    // Durable before the fleet sees its public half: a code on the screen must not die with a power cut.
    if (!known) await document.write(identity);
    const key = privateKeyOf(identity);
    const csr = createCertificateRequest({ privateKey: key, name: hardware.serial });
    const ask = { csr, ...hardware, keyPhrase: await ownKeyPhrase(identity) };
    onView({ state: 'contacting', fault: null });
    for (;;) {
      const enrolment = await pairTerminal({ ...deps, onView }, ask, { signal });
      const check = checkCertificate(enrolment.certificatePem, { key, terminalId: enrolment.terminalId });
      if (check.ok) {
        await document.write({ ...identity, enrolment });
        log.info({ terminalId: enrolment.terminalId }, 'terminal claimed');
        return { ...enrolment, keyPem: identity.keyPem };
      }
      log.error({ why: check.why }, 'certificate refused, asking for another code');
    }
  }

  async function stayEnrolled(identity: EnrolledIdentity, signal: AbortSignal): Promise<string> {
    const { keyPem, ...enrolment } = identity;
    const onRenewed = async (renewed: Enrolment) => {
      await document.write({ keyPem, enrolment: renewed });
      await deps.onRenewed({ ...renewed, keyPem });
    };
    renewal = createRenewal({ fleet, clock, random, log, serverNow, onRenewed, keyPem });
    const stop = AbortSignal.any([signal, revoked.signal]);
    try {
      return (await renewal.run(enrolment, { signal: stop })).code;
    } catch (cause) {
      if (signal.aborted || !revoked.signal.aborted) throw cause;
      return 'certificate_revoked';
    } finally {
      renewal = null;
    }
  }

  return {
    suspectCertificate: () => renewal?.askNow(),
    revoke: () => revoked.abort(),
    async run({ signal }) {
      try {
        let known = await readIdentity();
        for (;;) {
          const { keyPem, enrolment } = known ?? { keyPem: null, enrolment: null };
          const identity = keyPem && enrolment ? { ...enrolment, keyPem } : await pair(signal, known);
          revoked = new AbortController();
          onView({ state: 'enrolled', terminalId: identity.terminalId });
          await deps.onEnrolled(identity);
          const code = await stayEnrolled(identity, signal);
          log.warn({ code }, 'certificate revoked, pairing again with a new key');
          onView({ state: 'revoked' });
          await document.remove();
          await deps.onRevoked();
          await clock.sleep(showRevokedMs, { signal });
          known = null;
        }
      } catch (cause) {
        if (!signal.aborted) throw cause;
      }
    },
  };
}
