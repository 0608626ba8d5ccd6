import type { Branch } from './branch.ts';
import { boardTileDescription, laptopSoundDescription, laptopTileDescription } from './content-graph.ts';
import type { Picture } from './graph.ts';
import type { MediaSetup } from './setup.ts';
import type { ContentPlan } from './tiles.ts';

/** The whiteboard as a screen of this terminal painted it; `file` is a JPEG, null before the first. */
export type BoardTile = { file: string | null; label: string };

export type OwnContentDeps = {
  contentInput: MediaSetup['contentInput'];
  /** The display that content is on. */
  screen: Picture;
  addPicture(description: string, options: { isStill: boolean }): Branch;
  addSound(description: string): Branch;
  /** What is called `mid` has another branch from now on, or none. */
  onReplaced(mid: string): void;
};

/**
 * What the stage shows as content without receiving it: the laptop that is plugged in here, and the meeting's whiteboard.
 * Each has a name that stands for a line where tiles are planned.
 */
export type OwnContent = ReturnType<typeof createOwnContent>;

const inputMid = 'own input';
const boardMid = 'board';

export function createOwnContent({ contentInput, screen, addPicture, addSound, onReplaced }: OwnContentDeps) {
  let input: { label: string; picture: Branch; sound: Branch } | null = null;
  let board: { tile: BoardTile; picture: Branch } | null = null;
  /** Pictures of the board that are shown until the next one has been drawn. */
  let outgoing: Branch[] = [];

  function dropOutgoing(): void {
    for (const branch of outgoing) branch.remove();
    outgoing = [];
  }

  return {
    content(): ContentPlan | null {
      if (input) return { mid: inputMid, label: input.label };
      return board && { mid: boardMid, label: board.tile.label };
    },
    picture(mid: string): Branch | undefined {
      return { [inputMid]: input, [boardMid]: board }[mid]?.picture;
    },
    showInput(label: string | null): void {
      if (label !== null && contentInput) {
        input = input
          ? { ...input, label }
          : {
              label,
              picture: addPicture(laptopTileDescription(contentInput), { isStill: false }),
              sound: addSound(laptopSoundDescription),
            };
        return;
      }
      const before = input;
      input = null;
      onReplaced(inputMid);
      before?.picture.remove();
      before?.sound.remove();
    },
    showBoard(tile: BoardTile | null): void {
      if (board) outgoing.push(board.picture);
      board = tile && { tile, picture: addPicture(boardTileDescription(tile.file, screen), { isStill: true }) };
      onReplaced(boardMid);
      if (!board) dropOutgoing();
    },
    /** A picture of the board has been drawn: the ones below it are no longer needed. */
    settle(): void {
      if (board && outgoing.length > 0 && board.picture.countFrames('decoded') > 0) dropOutgoing();
    },
  };
}
