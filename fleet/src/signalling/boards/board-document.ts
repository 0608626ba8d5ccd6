import { elementsOf, parseElement } from '@anteroom/shared/whiteboard/document.ts';
import { type BoardRefusal, maxBoardBytes, maxBoardElements } from '@anteroom/shared/whiteboard/limits.ts';
import * as Y from 'yjs';

/**
 * The fleet's copy of one board, and what may come onto it. An update is taken on trial first: Yjs cannot take anything
 * back, and one bad element would be everybody's.
 */
export interface BoardDocument {
  /** `onUpdate` is called with what was new in it. */
  take(update: Uint8Array): BoardVerdict;
  /** What whoever has this state vector lacks. Throws when it is none. */
  missingFrom(stateVector: Uint8Array): Uint8Array;
  stateVector(): Uint8Array;
  /** The whole, as it is kept. */
  state(): Uint8Array;
  elements(): number;
}

/**
 * Taken; or something on the way to it is missing, as when frames were dropped: whoever sent it has that still. Or refused:
 * it will never be taken.
 */
export type BoardVerdict = 'taken' | 'incomplete' | BoardRefusal;

export type BoardDocumentDeps = {
  /** As it was kept; null for an empty board. */
  state: Uint8Array | null;
  onUpdate: (update: Uint8Array) => void;
};

/** Measuring a board writes all of it; updates are measured one by one until they have come to this much. */
const measureEveryBytes = 64 * 1024;

export function createBoardDocument({ state, onUpdate }: BoardDocumentDeps): BoardDocument {
  const doc = new Y.Doc();
  if (state) Y.applyUpdate(doc, state);
  let trial = createTrial(doc);
  let measuredBytes = state?.length ?? 0;
  let takenBytes = 0;
  // Listens from here on: what was kept is news to nobody.
  doc.on('update', onUpdate);

  function judge(update: Uint8Array): BoardVerdict {
    if (measuredBytes + takenBytes + update.length > maxBoardBytes) {
      measuredBytes = Y.encodeStateAsUpdate(doc).length;
      takenBytes = 0;
      if (measuredBytes + update.length > maxBoardBytes) return 'board_full';
    }
    return trial.judge(update);
  }

  return {
    take(update) {
      const verdict = judge(update);
      if (verdict !== 'taken') {
        trial = createTrial(doc);
        return verdict;
      }
      Y.applyUpdate(doc, update);
      takenBytes += update.length;
      if (takenBytes > measureEveryBytes) {
        measuredBytes = Y.encodeStateAsUpdate(doc).length;
        takenBytes = 0;
      }
      return verdict;
    },
    missingFrom: (stateVector) => Y.encodeStateAsUpdate(doc, stateVector),
    stateVector: () => Y.encodeStateVector(doc),
    state: () => Y.encodeStateAsUpdate(doc),
    elements: () => elementsOf(doc).size,
  };
}

/** A copy on which an update is tried; it is of no use any more after one that was not taken. */
function createTrial(original: Y.Doc) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(original));
  const elements = elementsOf(doc);
  let touched = new Set<string>();
  elements.observeDeep((events) => {
    for (const event of events) {
      if (event.target === elements) for (const id of event.keys.keys()) touched.add(id);
      else touched.add(String(event.path[0]));
    }
  });

  return {
    judge(update: Uint8Array): BoardVerdict {
      touched = new Set();
      try {
        Y.applyUpdate(doc, update);
      } catch {
        return 'incomplete'; // A part of it was lost on its way.
      }
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return 'incomplete';
      // Something beside the elements.
      if (doc.share.size !== 1) return 'board_unfit';
      if (elements.size > maxBoardElements) return 'board_full';
      const isFit = [...touched].every((id) => parseElement(doc, id)?.success ?? true);
      return isFit ? 'taken' : 'board_unfit';
    },
  };
}
