import { matchPeople, orderPeople } from '@anteroom/shared/meeting/people.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { ControlSearch } from '../../app/address.ts';

export type Show = NonNullable<ControlSearch['show']>;

/** Whom each part of the list shows. */
export const shows: Readonly<Record<Show, (entry: RosterEntry) => boolean>> = {
  hands: ({ handRaisedAt }) => handRaisedAt !== null,
  muted: ({ media }) => !media.isMicrophoneOn,
  rooms: ({ kind }) => kind === 'terminal',
  guests: ({ role, kind }) => role === 'guest' || kind === 'guest',
};

/** A person as a row shows them; `hand`: their place among the raised hands, from 1. */
export type Row = { entry: RosterEntry; hand: number | null };

/** The rows that search and filter leave, hands and hosts first. */
export function rowsOf(
  roster: readonly RosterEntry[],
  { q = '', show }: { q?: string; show?: Show | undefined },
): Row[] {
  const ordered = orderPeople(roster);
  const rows = new Map(
    ordered.map((entry, index): [string, Row] => [
      entry.participantId,
      // Raised hands come first, so that the place in the list is the place in the queue.
      { entry, hand: entry.handRaisedAt === null ? null : index + 1 },
    ]),
  );
  const shown = show ? ordered.filter(shows[show]) : ordered;
  return matchPeople(shown, q).flatMap(({ participantId }) => rows.get(participantId) ?? []);
}
