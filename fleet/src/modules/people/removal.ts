import type { ComingMeetingsFate } from '@anteroom/shared/api/rooms.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { AccountId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import { type ComingFate, type ComingMeeting, type ComingMeetings, namesOfComing } from '../meetings/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createPeopleRepository, type MemberRow } from './repository.ts';

/** What becomes of the meetings that somebody organizes who is removed; without a choice coming ones forbid it. */
export type RemovalChoice = { comingMeetings?: ComingMeetingsFate | undefined; to?: AccountId | undefined };

/** What somebody leaves behind in an organization: cloud rooms to be given away first, and meetings to be decided about. */
export function createEstates(deps: {
  coming: ComingMeetings;
  /** Names of the cloud rooms that a person is the administrator of. */
  roomsHeldBy: (tx: FleetDatabase, scope: OrgScope, id: AccountId) => Promise<string[]>;
}) {
  const { coming, roomsHeldBy } = deps;

  async function fateOf(
    tx: FleetDatabase,
    actor: Actor,
    leaving: AccountId,
    choice: RemovalChoice,
  ): Promise<ComingFate> {
    if (choice.comingMeetings === 'cancel') return { kind: 'cancel' };
    const heir =
      choice.to && choice.to !== leaving ? await createPeopleRepository(tx).find(actor, choice.to) : undefined;
    // Whoever signs in to the console only never gets to a client, and field engineers have no access to meetings.
    if (heir?.kind !== 'standard' || heir.role === 'fieldEngineer') throw new ProblemError('heir_unfit');
    return { kind: 'handOver', to: heir.accountId };
  }

  return {
    listComing: (tx: FleetDatabase, actor: Actor, id: AccountId): Promise<ComingMeeting[]> =>
      coming.list(tx, actor, { organizerAccountId: id }),
    /** Settles it, or throws what has to be done first. */
    async settle(
      tx: FleetDatabase,
      actor: Actor,
      { accountId: id, name }: MemberRow,
      choice: RemovalChoice,
    ): Promise<void> {
      const held = await roomsHeldBy(tx, actor, id);
      if (held.length > 0) throw new ProblemError('person_holds_rooms', { name, rooms: held.join(', ') });
      const organized = await coming.list(tx, actor, { organizerAccountId: id });
      if (organized.length === 0) return;
      if (choice.comingMeetings === undefined) {
        const { meetings, fields } = namesOfComing(organized);
        throw new ProblemError('person_has_future_meetings', { name, count: organized.length, meetings }, { fields });
      }
      await coming.decide(tx, actor, { organizerAccountId: id }, await fateOf(tx, actor, id, choice));
    },
  };
}
