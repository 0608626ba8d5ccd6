import { participantId } from '@anteroom/shared/ids.ts';
import { meetingControls } from '@anteroom/shared/meeting/control.ts';
import { z } from 'zod';
import { emptyMeeting, type MeetingState, type Verdict, verdictOn } from './members.ts';
import type { AdmittedMeeting } from './ports.ts';

const verdict = z.object({
  isCohost: z.boolean(),
  isMutedByHost: z.boolean(),
  isCameraStoppedByHost: z.boolean(),
  name: z.string().nullable(),
});

/** What hosts decided, as it outlives the people in the meeting and a restart of this process. */
const savedControls = z.object({
  controls: meetingControls,
  host: z.object({ participantId, by: z.enum(['arrival', 'succession', 'handOver']) }).nullable(),
  verdicts: z.record(z.string(), verdict),
});
export type SavedControls = z.infer<typeof savedControls>;

export function toSaved(state: MeetingState): SavedControls {
  const present = [...state.members.values()].flatMap((member): [string, Verdict][] => {
    const decided = verdictOn(member);
    return decided ? [[member.holder, decided]] : [];
  });
  const verdicts = Object.fromEntries([...state.absent, ...present]);
  return { controls: state.controls, host: state.host, verdicts };
}

/** A meeting in which nobody is yet: as its options begin it, or as its hosts left it. */
export function openMeetingState({ controls, saved }: Pick<AdmittedMeeting, 'controls' | 'saved'>): MeetingState {
  const known = savedControls.safeParse(saved);
  if (!known.success) return { ...emptyMeeting, controls };
  const { verdicts, ...rest } = known.data;
  const { hasWatermark } = controls; // No host decides about it.
  return {
    ...emptyMeeting,
    ...rest,
    controls: { ...rest.controls, hasWatermark },
    absent: new Map(Object.entries(verdicts)),
  };
}
