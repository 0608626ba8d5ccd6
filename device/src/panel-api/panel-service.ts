import type { TouchRefusal } from '@anteroom/shared/panel/actions.ts';
import type { PanelState, PanelTouch } from '@anteroom/shared/panel/state.ts';
import type { BoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import type { DirectorySearch } from '../agent/directory-search.ts';
import type { PictureOf } from '../ports/media.ts';

/** What the terminal's screens get and give. */
export interface PanelService {
  state(): PanelState;
  onState(listener: (state: PanelState) => void): () => void;
  /** Follows a touch; resolves to why it was not followed, else to null. */
  touch(touch: PanelTouch, options: { signal: AbortSignal }): Promise<TouchRefusal | null>;
  /** Looks in the directory of the organization whose meeting this room is in. */
  find: DirectorySearch['find'];
  /** Newest picture; null when there is none. */
  pictureFile(of: PictureOf): string | null;
  /** The whiteboard of the meeting that the terminal is in. */
  board: BoardChannel;
  /** How that looks, painted by a screen of this terminal (JPEG); dropped while no whiteboard is shown. */
  showBoard(jpeg: Buffer): void;
}
