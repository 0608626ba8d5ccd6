import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';

/** Tiles of others on one screen; the server forwards at most nine videos. */
const maxTiles = 9;

/**
 * Who gets a tile: those whose media is forwarded, then the others, in the order in which they joined, so that nobody
 * jumps when somebody speaks.
 */
export function arrangeTiles(
  roster: readonly RosterEntry[],
  ownId: ParticipantId,
  remotes: ReadonlyMap<ParticipantId, unknown>,
): { shown: RosterEntry[]; hiddenCount: number } {
  const others = roster
    .filter((entry) => entry.participantId !== ownId)
    .sort((a, b) => a.joinedAt.localeCompare(b.joinedAt) || a.participantId.localeCompare(b.participantId));
  const forwarded = others.filter((entry) => remotes.has(entry.participantId));
  const rest = others.filter((entry) => !remotes.has(entry.participantId));
  const chosen = new Set([...forwarded, ...rest.slice(0, Math.max(0, maxTiles - forwarded.length))]);
  const shown = others.filter((entry) => chosen.has(entry));
  return { shown, hiddenCount: others.length - shown.length };
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
