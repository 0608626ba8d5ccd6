import type { BoardStore } from '../ports.ts';

/** A board store in memory, which can be told to fail. */
export interface BoardStoreSimulator extends BoardStore {
  /** As it was saved last; null when it never was. */
  saved(): { state: Uint8Array; elements: number } | null;
  saves(): number;
  failNextLoad(): void;
  failNextSave(): void;
}

export function createBoardStoreSimulator(): BoardStoreSimulator {
  let saved: { state: Uint8Array; elements: number } | null = null;
  let saves = 0;
  const failing = new Set<'load' | 'save'>();

  function failIfTold(what: 'load' | 'save'): void {
    if (failing.delete(what)) throw new Error(`board store simulator: told to fail the ${what}`);
  }

  return {
    saved: () => saved,
    saves: () => saves,
    failNextLoad: () => failing.add('load'),
    failNextSave: () => failing.add('save'),
    async load() {
      failIfTold('load');
      return saved?.state ?? null;
    },
    async save(_meeting, board) {
      failIfTold('save');
      saves += 1;
      saved = board;
    },
  };
}
