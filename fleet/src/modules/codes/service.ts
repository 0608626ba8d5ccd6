import { randomInt } from 'node:crypto';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockName } from '../../db/locks.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { OneTimeCodeRow } from '../../db/tables/accounts.ts';
import { hashToken, newToken } from '../../secret.ts';
import type { NoticesService, NoticeTemplateName } from '../notices/service.ts';
import { type CodeTarget, createCodeRepository } from './repository.ts';
import { waitFor, waitForShared } from './rules.ts';

export type { CodeTarget } from './repository.ts';

export type CodeRequest = CodeTarget & {
  address: string;
  /** Null for somebody who belongs to no organization yet. */
  scope: OrgScope | null;
  language: Language;
  instead?: NoticeTemplateName | undefined;
};

export const codeLifeMs = 5 * 60_000;
const proofLifeMs = 30 * 60_000;
const triesPerCode = 5;
const dayMs = 86_400_000;

/** Six digits that prove who holds a phone or a mailbox. Whether and how a code is sent is the caller's matter. */
export interface CodesService {
  /**
   * A new code. Throws `rate_limited` past one a minute and ten a day, for the recipient and for the caller's address:
   * counted in the database, so that several processes count together.
   */
  issue(tx: FleetDatabase, target: CodeTarget & { address: string }): Promise<string>;
  /**
   * Issues a code and sends it, in `tx`. With `instead` those words are sent, and the code is known to nobody: answer,
   * work and time are the same, so that only the recipient learns whether there is an account.
   */
  send(tx: FleetDatabase, request: CodeRequest): Promise<{ expiresAt: string }>;
  /** Uses the code up, or throws `code_wrong`: also when it is over, was used, or was guessed at five times. */
  consume(target: CodeTarget, code: string): Promise<void>;
  /** Uses the code up for a proof that is good for half an hour: time to type a name and a password. */
  exchange(target: CodeTarget, code: string): Promise<string>;
  /** Uses the proof up, or throws `proof_invalid`. */
  redeem(tx: FleetDatabase, target: CodeTarget, proof: string): Promise<void>;
}

export function createCodesService(deps: {
  db: FleetDatabase;
  clock: Clock;
  notices: NoticesService;
  /** For an address that many people share, such as an office's; null: one a minute and ten a day. */
  codesPerHourAndAddress: number | null;
}): CodesService {
  const { db, clock, notices, codesPerHourAndAddress } = deps;

  const waitForAddress = (askedAt: readonly string[], now: Date): number =>
    codesPerHourAndAddress === null ? waitFor(askedAt, now) : waitForShared(askedAt, now, codesPerHourAndAddress);

  const issue: CodesService['issue'] = async (tx, { address, purpose, recipient }) => {
    const target = { purpose, recipient };
    await lockName(tx, 'codes');
    const repository = createCodeRepository(tx);
    const now = clock.now();
    const since = new Date(now.getTime() - dayMs).toISOString();
    const waits = [
      waitFor(await repository.listAsked({ recipient: target.recipient }, since), now),
      waitForAddress(await repository.listAsked({ address }, since), now),
    ];
    const waitMs = Math.max(...waits);
    if (waitMs > 0) throw new ProblemError('rate_limited', { retryAfterS: Math.ceil(waitMs / 1000) });
    const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
    const id = newId('code', now);
    await repository.removeBefore(new Date(now.getTime() - 2 * dayMs).toISOString());
    // The last code is the only good one: several at once would allow several times as many guesses.
    await repository.retire(target, now.toISOString());
    await repository.insert({
      id,
      ...target,
      address,
      codeHash: hashCode(id, code),
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + codeLifeMs).toISOString(),
      triesLeft: triesPerCode,
      usedAt: null,
      proofHash: null,
    });
    return code;
  };

  async function use(target: CodeTarget, code: string): Promise<OneTimeCodeRow['id']> {
    const repository = createCodeRepository(db);
    const now = clock.now().toISOString();
    const open = await repository.findOpen(target, now);
    // The try is taken before the code is compared, so that guesses made at once are counted too.
    const isRight = open && (await repository.takeTry(open.id)) && open.codeHash === hashCode(open.id, code);
    if (!isRight || !(await repository.use(open.id, now))) throw new ProblemError('code_wrong');
    return open.id;
  }

  return {
    issue,
    async send(tx, { scope, language, instead, ...request }) {
      const code = await issue(tx, request);
      const { purpose, recipient } = request;
      await notices.enqueue(tx, {
        ...{ scope, recipient, language },
        channel: recipient.includes('@') ? 'email' : 'sms',
        template: instead ?? `code.${purpose}`,
        values: { code },
        validForMs: codeLifeMs,
      });
      return { expiresAt: new Date(clock.now().getTime() + codeLifeMs).toISOString() };
    },
    async consume(target, code) {
      await use(target, code);
    },
    async exchange(target, code) {
      const proof = newToken();
      await createCodeRepository(db).setProof(await use(target, code), hashToken(proof));
      return proof;
    },
    async redeem(tx, target, proof) {
      const since = new Date(clock.now().getTime() - proofLifeMs).toISOString();
      const isGood = await createCodeRepository(tx).takeProof(target, hashToken(proof), since);
      if (!isGood) throw new ProblemError('proof_invalid');
    },
  };
}

function hashCode(id: string, code: string): string {
  return hashToken(`${id}.${code}`);
}
