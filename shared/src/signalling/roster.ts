import type { RosterEntry, ServerMessage } from './messages.ts';

export type RosterChange = Pick<Extract<ServerMessage, { type: 'roster' }>, 'from' | 'revision' | 'changed' | 'left'>;

/** The roster as a client knows it, and changes that overtook the ones before them. */
export type Roster = { revision: number; entries: RosterEntry[]; early: readonly RosterChange[] };

/** What `joined` tells. */
export function openRoster({ revision, roster }: { revision: number; roster: RosterEntry[] }): Roster {
  return { revision, entries: roster, early: [] };
}

/**
 * The roster after a change, in the order of joining. A change that comes early waits; one that is known already is
 * dropped. `joined` may be ahead of what was told to everybody: then the next change begins before it, and says it again.
 */
export function followRoster(roster: Roster, change: RosterChange): Roster {
  if (change.revision <= roster.revision) return roster;
  if (change.from > roster.revision) return { ...roster, early: [...roster.early, change] };
  const { revision } = change;
  const late = roster.early.filter((kept) => kept.revision > revision);
  const following = late.find(({ from }) => from <= revision);
  const early = late.filter((kept) => kept !== following);
  const after = { revision, entries: changed(roster.entries, change), early };
  return following ? followRoster(after, following) : after;
}

function changed(entries: readonly RosterEntry[], { changed: news, left }: RosterChange): RosterEntry[] {
  const known = new Map(entries.map((entry) => [entry.participantId, entry]));
  for (const participantId of left) known.delete(participantId);
  for (const entry of news) known.set(entry.participantId, entry);
  return [...known.values()];
}
