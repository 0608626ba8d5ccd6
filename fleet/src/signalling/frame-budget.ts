import type { ClientMessage } from '@anteroom/shared/signalling/messages.ts';
import { boardFrameRate, frameRate } from './limits.ts';
import { type Bucket, fullBucket, takeToken } from './rate-limit.ts';

/** What one client may still send: its drawing and everything else apart, so that neither holds up the other. */
export type FrameBudget = { board: Bucket; other: Bucket };

export function fullBudget(atMs: number): FrameBudget {
  return { board: fullBucket(boardFrameRate, atMs), other: fullBucket(frameRate, atMs) };
}

/** Nothing is left at all: the next frame need not even be read. */
export function isSpent({ board, other }: FrameBudget, atMs: number): boolean {
  return !takeToken(board, boardFrameRate, atMs).isAllowed && !takeToken(other, frameRate, atMs).isAllowed;
}

/**
 * Pays for a frame that was read; null is one that cannot be understood. A frame that its own budget does not allow costs
 * the other one: reading it was work, and a flood of it must not be read for ever.
 */
export function pay(
  { board, other }: FrameBudget,
  type: ClientMessage['type'] | null,
  atMs: number,
): { isAllowed: boolean; budget: FrameBudget } {
  const ofBoard = () => takeToken(board, boardFrameRate, atMs);
  const ofOther = () => takeToken(other, frameRate, atMs);
  if (type === 'boardSync' || type === 'boardUpdate' || type === 'boardPoint') {
    const paid = ofBoard();
    if (paid.isAllowed) return { isAllowed: true, budget: { board: paid.bucket, other } };
    return { isAllowed: false, budget: { board: paid.bucket, other: ofOther().bucket } };
  }
  const paid = ofOther();
  if (paid.isAllowed) return { isAllowed: true, budget: { board, other: paid.bucket } };
  return { isAllowed: false, budget: { board: ofBoard().bucket, other: paid.bucket } };
}
