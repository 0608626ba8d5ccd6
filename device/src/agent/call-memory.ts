import { lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import { scheduledMeeting } from '@anteroom/shared/protocol/desired.ts';
import { mediaState } from '@anteroom/shared/signalling/messages.ts';
import { z } from 'zod';

/** What an agent that was killed in a meeting needs to come back to it: the same ticket, and media as the room had it. */
export const callMemory = z.object({ meeting: scheduledMeeting, media: mediaState });
export type CallMemory = z.infer<typeof callMemory>;

/** A meeting that has been over for long is not worth coming back to. */
export function isWorthResuming({ meeting }: CallMemory, now: Date): boolean {
  return meeting.ticket !== null && now.getTime() < Date.parse(meeting.endAt) + lingerAfterMs;
}
