import { ownEntry } from './host-wish.ts';
import { isPresent } from './steps.ts';
import type { Call } from './types.ts';

/** The name that stands over what this room sees of its meeting; null where the meeting has no watermark. Pure. */
export function watermarkOf(call: Call): string | null {
  if (!isPresent(call) || !call.proceedings.controls.hasWatermark) return null;
  return ownEntry(call.roster, call.ownParticipantId)?.name ?? null;
}
