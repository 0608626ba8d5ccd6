import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { EnrolledIdentity } from '../enrolment/enrolment.ts';
import { createLink } from '../link/client.ts';
import type { Link, LinkHandlers, LinkHardware, LinkTiming } from '../link/link.ts';
import { type Document, type Store, StoreError } from '../ports/store.ts';
import { type CallMemory, callMemory, isWorthResuming } from './call-memory.ts';
import { createMissedMemory, type MissedMemory, storedMissed } from './missed-memory.ts';

/**
 * What a terminal has while it belongs to a fleet: its link and the folder of its id, in which desired and reported
 * documents, journal and the memory of a call lie. Losing the membership deletes that folder.
 */
export interface Membership extends AsyncDisposable {
  readonly link: Link;
  readonly memory: Document<CallMemory>;
  readonly missed: MissedMemory;
  /** The call that this terminal was in when its agent was killed; null when there is none to come back to. */
  interruptedCall(): Promise<CallMemory | null>;
  renew(identity: EnrolledIdentity): void;
  identity(): EnrolledIdentity;
  /** Ends the link and deletes everything that came through it. */
  wipe(): Promise<void>;
}

export type MembershipDeps = {
  identity: EnrolledIdentity;
  caPem: string;
  dataDir: string;
  openStore(directory: string): Promise<Store>;
  hardware: LinkHardware;
  handlers: LinkHandlers;
  timing: LinkTiming;
  clock: Clock;
  log: Logger;
};

export async function openMembership(deps: MembershipDeps): Promise<Membership> {
  const { caPem, dataDir, hardware, handlers, timing, clock, log } = deps;
  let identity = deps.identity;
  const directory = join(dataDir, identity.terminalId);
  const store = await deps.openStore(directory);
  const link = await createLink({
    ...{ store, clock, log: log.child({ component: 'link' }), hardware, handlers, timing },
    identity: () => {
      const { terminalId, mqttUrl: url, keyPem, certificatePem } = identity;
      return Promise.resolve({ terminalId, url, keyPem, certificatePem, caPem });
    },
  });
  const memory = store.document('call', callMemory);

  return {
    link,
    memory,
    missed: createMissedMemory({ document: store.document('missed-calls', storedMissed), log }),
    identity: () => identity,
    async interruptedCall() {
      try {
        const remembered = await memory.read();
        return remembered && isWorthResuming(remembered, clock.now()) ? remembered : null;
      } catch (cause) {
        if (!(cause instanceof StoreError && cause.code === 'corrupt')) throw cause;
        log.warn({ err: cause }, 'memory of the call damaged');
        return null;
      }
    },
    renew(renewed) {
      identity = renewed;
      link.reconnect();
    },
    async wipe() {
      await link[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}
