import type { BoardServerMessage } from '@anteroom/shared/signalling/messages.ts';
import type { BoardChannel, BoardChannelEvent } from '@anteroom/shared/whiteboard/board-channel.ts';
import {
  type BoardChanges,
  elementsOf,
  readBoard,
  readElement,
  writeBoard,
} from '@anteroom/shared/whiteboard/document.ts';
import type { BoardElement } from '@anteroom/shared/whiteboard/element.ts';
import { type BoardRefusal, maxBoardBytes } from '@anteroom/shared/whiteboard/limits.ts';
import { createPartReader, fromBase64, toBase64, toParts } from '@anteroom/shared/whiteboard/parts.ts';
import * as Y from 'yjs';

/**
 * One client's copy of the meeting's whiteboard. It takes what is drawn at any time, also without a connection, sends it
 * in small batches, and comes to the same board as everybody else. It draws nothing itself.
 */
export interface BoardReplica {
  elements(): BoardElement[];
  element(id: string): BoardElement | null;
  size(): number;
  /** What was drawn here. */
  write(changes: BoardChanges): void;
  /** False until the first answer of the fleet, and while the connection is gone. */
  isLive(): boolean;
  listen(listener: (news: BoardNews) => void): () => void;
  dispose(): void;
}

export type BoardNews =
  /** Others drew; these elements are new, different or gone. */
  | { kind: 'changed'; ids: ReadonlySet<string> }
  /** The board is another one as a whole: read it anew. */
  | { kind: 'replaced' }
  | { kind: 'live'; isLive: boolean }
  | { kind: 'refused'; reason: BoardRefusal };

/** What is drawn in this time goes in one update. */
export const sendEveryMs = 40;
/** After frames were dropped, or while the fleet cannot open the board. */
export const syncAgainMs = 2_000;

export function createBoardReplica({ channel }: { channel: BoardChannel }): BoardReplica {
  const listeners = new Set<(news: BoardNews) => void>();
  const own = Symbol('drawn here');
  let doc = openDocument();
  let read = createPartReader(maxBoardBytes);
  let unsent: Uint8Array[] = [];
  let isLive = false;
  let isConnected = false;
  let isReplaced = false;
  let sending: ReturnType<typeof setTimeout> | undefined;
  let syncingAgain: ReturnType<typeof setTimeout> | undefined;

  function tell(news: BoardNews): void {
    for (const listener of [...listeners]) listener(news);
  }

  function openDocument(): Y.Doc {
    const opened = new Y.Doc();
    opened.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== own || !isLive) return;
      unsent.push(update);
      sending ??= setTimeout(sendUnsent, sendEveryMs);
    });
    elementsOf(opened).observeDeep((events, { origin }) => {
      if (origin === own) return;
      const ids = new Set<string>();
      for (const { target, keys, path } of events) {
        if (target === elementsOf(opened)) for (const id of keys.keys()) ids.add(id);
        else ids.add(String(path[0]));
      }
      tell({ kind: 'changed', ids });
    });
    return opened;
  }

  function sendUnsent(): void {
    sending = undefined;
    if (unsent.length === 0 || !isLive) return;
    sendUpdate(Y.mergeUpdates(unsent));
    unsent = [];
  }

  function sendUpdate(update: Uint8Array): void {
    for (const part of toParts(update)) channel.send({ type: 'boardUpdate', ...part });
  }

  function sync(): void {
    clearTimeout(syncingAgain);
    syncingAgain = undefined;
    if (isConnected) channel.send({ type: 'boardSync', stateVector: toBase64(Y.encodeStateVector(doc)) });
  }

  function setLive(next: boolean): void {
    if (isLive === next) return;
    isLive = next;
    tell({ kind: 'live', isLive });
  }

  /** The meeting has what `stateVector` says; everything else that is here, it gets now. */
  function sendMissing(stateVector: Uint8Array): void {
    unsent = [];
    const missing = Y.encodeStateAsUpdate(doc, stateVector);
    if (!isEmpty(missing)) sendUpdate(missing);
    setLive(true);
    if (!isReplaced) return;
    isReplaced = false;
    tell({ kind: 'replaced' });
  }

  /** What is here cannot become the meeting's: its board is taken instead, with an end to what was drawn here alone. */
  function drop(): void {
    doc.destroy();
    unsent = [];
    doc = openDocument();
    isReplaced = true;
    setLive(false);
    sync();
  }

  function receive(message: BoardServerMessage): void {
    switch (message.type) {
      case 'boardUpdate': {
        const result = read(message);
        if (result.isWhole) Y.applyUpdate(doc, result.bytes);
        return;
      }
      case 'boardSync':
        sendMissing(fromBase64(message.stateVector));
        return;
      case 'boardRefused':
        tell({ kind: 'refused', reason: message.reason });
        if (message.reason === 'board_unavailable') syncingAgain ??= setTimeout(sync, syncAgainMs);
        else drop();
        return;
      case 'boardPointed': // No part of the board: see board-pointers.ts.
        return;
    }
  }

  function follow(event: BoardChannelEvent): void {
    switch (event.kind) {
      case 'opened':
        isConnected = true;
        read = createPartReader(maxBoardBytes);
        sync();
        return;
      case 'closed':
        isConnected = false;
        setLive(false);
        return;
      case 'dropped':
        if (isConnected) syncingAgain ??= setTimeout(sync, syncAgainMs);
        return;
      case 'message':
        receive(event.message);
        return;
    }
  }
  const stopListening = channel.listen(follow);

  return {
    elements: () => readBoard(doc),
    element: (id) => readElement(doc, id),
    size: () => elementsOf(doc).size,
    write: (changes) => writeBoard(doc, changes, own),
    isLive: () => isLive,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      stopListening();
      sendUnsent();
      clearTimeout(sending);
      clearTimeout(syncingAgain);
      doc.destroy();
      listeners.clear();
    },
  };
}

/** An update with neither structs nor deletions: two zeros. */
function isEmpty(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0;
}
