import { isPresent } from './steps.ts';
import type { Call } from './types.ts';

/** Whether the meeting's whiteboard is what everybody in it looks at. */
export function isBoardShown(call: Call): boolean {
  return isPresent(call) && call.proceedings.content?.kind === 'whiteboard';
}
