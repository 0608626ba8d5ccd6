import type { BoardPicture } from '../ports/media.ts';

/** How the meeting's whiteboard looks on this room's displays: as the page of the display painted it last. */
export interface BoardPictures {
  /** A new picture; what comes while no whiteboard is shown is dropped. */
  take(jpeg: Buffer): void;
  /** The same object until there is another picture; null while no whiteboard is shown. */
  shown(): BoardPicture | null;
}

export function createBoardPictures({ isShown, label }: { isShown(): boolean; label(): string }): BoardPictures {
  let picture: BoardPicture | null = null;
  return {
    take(jpeg) {
      if (isShown()) picture = { jpeg, label: label() };
    },
    shown() {
      if (!isShown()) picture = null;
      else picture ??= { jpeg: null, label: label() };
      return picture;
    },
  };
}
