import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { Speech } from './speech.ts';

/** How people stand on the stage: all alike, or one large with the others beside. */
export const layouts = ['gallery', 'speaker'] as const;
export type Layout = (typeof layouts)[number];

/** Others on one page of the stage; the server forwards at most nine videos. */
export const mostTiles = 9;
/** The same on a phone, where oneself makes eight of them, in two columns. */
export const mostTilesOnPhone = 7;

export type Arrangement = {
  large: RosterEntry | null;
  small: readonly RosterEntry[];
  /** From 0. */
  page: number;
  pageCount: number;
};

/**
 * Who stands where. What is shared is large before anybody; then whom one pinned, before whom a host shows to everybody,
 * before whoever speaks in the speaker layout; never oneself. The first page has those worth seeing: who spoke last, then
 * who has a picture. On every page people stand in the order in which they joined, so that nobody jumps when somebody
 * speaks.
 */
export function arrangeTiles({
  roster,
  ownId,
  speech,
  layout,
  hasContent,
  pinnedId,
  spotlightId,
  page: wantedPage,
  perPage,
}: {
  roster: readonly RosterEntry[];
  ownId: ParticipantId;
  speech: Speech;
  layout: Layout;
  /** Something is shared that stands large here. */
  hasContent: boolean;
  pinnedId: ParticipantId | null;
  spotlightId: ParticipantId | null;
  page: number;
  /** Others on one page, the large one included. */
  perPage: number;
}): Arrangement {
  const others = roster.filter((entry) => entry.participantId !== ownId).sort(joinedEarlier);
  const find = (id: ParticipantId | null) => others.find((entry) => entry.participantId === id);
  const byWorth = [...others].sort((a, b) => worthMore(a, b, speech) || joinedEarlier(a, b));
  const large = hasContent
    ? null
    : (find(pinnedId) ??
      find(spotlightId) ??
      (layout === 'speaker' ? (find(speech.speakerId) ?? byWorth[0]) : null) ??
      null);
  const perPageSmall = Math.max(1, perPage - (large ? 1 : 0));
  const ranked = byWorth.filter((entry) => entry !== large);
  const first = new Set(ranked.slice(0, perPageSmall));
  const small = others.filter((entry) => entry !== large);
  const ordered = [...small.filter((entry) => first.has(entry)), ...small.filter((entry) => !first.has(entry))];
  const pageCount = Math.max(1, Math.ceil(ordered.length / perPageSmall));
  const page = Math.min(Math.max(0, wantedPage), pageCount - 1);
  return { large, small: ordered.slice(page * perPageSmall, (page + 1) * perPageSmall), page, pageCount };
}

function joinedEarlier(a: RosterEntry, b: RosterEntry): number {
  return a.joinedAt.localeCompare(b.joinedAt) || a.participantId.localeCompare(b.participantId);
}

function worthMore(a: RosterEntry, b: RosterEntry, { spokeAtMs }: Speech): number {
  const spoke = ({ participantId }: RosterEntry) => spokeAtMs.get(participantId) ?? 0;
  return spoke(b) - spoke(a) || Number(b.media.isCameraOn) - Number(a.media.isCameraOn);
}

/** Where one's own picture is. */
export const selfViews = ['tile', 'corner', 'hidden'] as const;
export type SelfView = (typeof selfViews)[number];

/** On a wide stage with one other person, the other fills it and oneself stands in its corner; never on what is shared. */
export function placeSelf(
  chosen: SelfView,
  { othersCount, isWide, hasContent }: { othersCount: number; isWide: boolean; hasContent: boolean },
): SelfView {
  if (hasContent) return chosen === 'hidden' ? 'hidden' : 'tile';
  // Alone, one's own picture is all there is to see.
  if (chosen === 'corner' && othersCount === 0) return 'tile';
  return chosen === 'tile' && othersCount === 1 && isWide ? 'corner' : chosen;
}
