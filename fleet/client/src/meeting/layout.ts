import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';

/** Tiles of others on one screen; the server forwards at most nine videos. */
const maxTiles = 9;

/**
 * Who gets a tile: those whose media is forwarded, then the others, in the order in which they joined, so that nobody
 * jumps when somebody speaks. Whoever a host shows to everybody comes first, and large.
 */
export function arrangeTiles(
  roster: readonly RosterEntry[],
  ownId: ParticipantId,
  remotes: ReadonlyMap<ParticipantId, unknown>,
  spotlightId: ParticipantId | null,
): { large: RosterEntry | null; shown: RosterEntry[]; hiddenCount: number } {
  const others = roster
    .filter((entry) => entry.participantId !== ownId)
    .sort((a, b) => a.joinedAt.localeCompare(b.joinedAt) || a.participantId.localeCompare(b.participantId));
  // One's own tile stays where it is: nobody looks at themselves large.
  const large = others.find((entry) => entry.participantId === spotlightId) ?? null;
  const small = others.filter((entry) => entry !== large);
  const forwarded = small.filter((entry) => remotes.has(entry.participantId));
  const rest = small.filter((entry) => !remotes.has(entry.participantId));
  const freeTiles = maxTiles - forwarded.length - (large ? 1 : 0);
  const chosen = new Set([...forwarded, ...rest.slice(0, Math.max(0, freeTiles))]);
  const shown = [...(large ? [large] : []), ...small.filter((entry) => chosen.has(entry))];
  return { large, shown, hiddenCount: others.length - shown.length };
}

export type Gallery = { columns: number; rows: number; columnsOnPhone: number; rowsOnPhone: number };

/**
 * How `count` tiles, one's own included, stand. Of two on a wide screen the other fills the stage and one's own stands
 * in its corner, so there is one cell.
 */
export function galleryOf(count: number): Gallery {
  const columns = count <= 2 ? 1 : count <= 4 ? 2 : count <= 9 ? 3 : 4;
  const columnsOnPhone = count <= 3 ? 1 : 2;
  return {
    columns,
    rows: count === 2 ? 1 : Math.ceil(count / columns),
    columnsOnPhone,
    rowsOnPhone: Math.ceil(count / columnsOnPhone),
  };
}

/** Below a large tile the others stand in rows of so many. */
const smallPerRow = 6;
const smallPerRowOnPhone = 4;

/** Rows of small tiles below a large one; `count` includes one's own and the large one. */
export function smallRowsOf(count: number): { rows: number; rowsOnPhone: number } {
  return { rows: Math.ceil((count - 1) / smallPerRow), rowsOnPhone: Math.ceil((count - 1) / smallPerRowOnPhone) };
}
