import type { AccountId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { CodesService } from '../codes/service.ts';
import type { PeopleService } from '../people/service.ts';
import type { Actor } from '../sessions/service.ts';

/** Gives the default administrator's role away: confirmed with a code, since only its new holder can give it back. */
export interface HandOverService {
  sendCode(actor: Actor, address: string): Promise<{ expiresAt: string }>;
  /** Throws `code_wrong` and changes nothing, also when the code is over or was used. */
  confirm(actor: Actor, wish: { accountId: AccountId; code: string }): Promise<void>;
}

export function createHandOverService(deps: {
  db: FleetDatabase;
  accounts: AccountsService;
  codes: CodesService;
  people: PeopleService;
}): HandOverService {
  const { db, accounts, codes, people } = deps;

  return {
    async sendCode(actor, address) {
      const recipient = await accounts.recipientOf(actor.accountId);
      const { language } = actor;
      return await db
        .transaction()
        .execute((tx) => codes.send(tx, { purpose: 'handOver', recipient, address, scope: actor, language }));
    },
    async confirm(actor, { accountId, code }) {
      // Whom it cannot go to is said before the code is used up.
      await people.get(actor, accountId);
      await codes.consume({ purpose: 'handOver', recipient: await accounts.recipientOf(actor.accountId) }, code);
      await people.handOver(actor, accountId);
    },
  };
}
