import { createNetworkWatch, type NetworkWatch } from '@anteroom/shared/network/watch.ts';
import type { MediaState, NetworkTrouble, RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { openRoster, type Roster } from '@anteroom/shared/signalling/roster.ts';
import type { Meeting } from '../meeting/types.ts';
import type { BoardPicture, MediaCall } from '../ports/media.ts';

/** One call while it is carried out. It is over when `ended` is aborted: what comes for it later means nothing. */
export type OngoingCall = {
  meeting: Meeting;
  media: MediaState;
  mediaCall: MediaCall | null;
  /** The offer of this media process has been answered: the next one has to be made anew. */
  isOfferUsed: boolean;
  /** As it is shown, and as the fleet told it last. */
  roster: readonly RosterEntry[];
  told: Roster;
  /** As its media process was told last. */
  watermark: string | null;
  board: BoardPicture | null;
  /** A laptop is shared, or to be. */
  isSharing: boolean;
  /** Numbers of the offers of content that were sent on this connection and not answered yet; only the latest counts. */
  contentOffers: number[];
  latestContentOffer: number;
  ended: AbortController;
  /** The connection on which a join was sent, and whose offer it bore. */
  asked: { connection: number; offerOf: MediaCall | null } | null;
  /** The connection on which the fleet let this room in. */
  joinedOn: number | null;
  /** What the room's network does, by its own connections. */
  network: NetworkWatch;
};

export function beginCall(
  meeting: Meeting,
  media: MediaState,
  sayTrouble: (trouble: NetworkTrouble | null) => boolean,
): OngoingCall {
  return {
    ...{ meeting, media, mediaCall: null, isOfferUsed: false, roster: [] },
    ...{ watermark: null, board: null, isSharing: false, contentOffers: [], latestContentOffer: 0 },
    told: openRoster({ revision: 0, roster: [] }),
    ...{ ended: new AbortController(), asked: null, joinedOn: null },
    network: createNetworkWatch({ say: sayTrouble, onState: () => undefined }),
  };
}
