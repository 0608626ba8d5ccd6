import type { JoinOutlook, MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';
import type { JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { DoorAnswer } from '../door/door-api.ts';
import { type Finding, found } from './findings.ts';

/** Why the last try to go in ended at the door: a reason of the closed list, or a wrong password. */
export type Refused = JoinRefusal | 'password_wrong';

/** Refusals that the door itself tells, as it stands now. */
const toldByDoor: readonly Refused[] = ['meeting_not_started', 'meeting_ended', 'meeting_cancelled', 'host_not_here'];

/** Why somebody cannot join: what the door and admission say now, else how their last try ended. `refusalWords`: in their language. */
export function findDoor(
  answer: DoorAnswer<MeetingDoor>,
  {
    refused,
    outlook,
    now,
    timeOf,
    refusalWords,
  }: {
    refused: Refused | null;
    /** What an attempt would come to now; null when it could not be asked. */
    outlook: JoinOutlook | null;
    now: Date;
    timeOf: (at: Date) => string;
    refusalWords: (reason: JoinRefusal) => string;
  },
): Finding {
  if (!answer.ok) {
    if (answer.problem?.code === 'meeting_unknown') return found('meeting.unknown');
    return answer.problem ? found('meeting.refused', { reason: answer.problem.detail }) : found('meeting.noAnswer');
  }
  const { state, startAt, waitsForHost, needsPassword } = answer.value;
  if (state === 'over') return found('meeting.over');
  if (state === 'cancelled') return found('meeting.cancelled');
  const opensAt = new Date(Date.parse(startAt) - joinableBeforeMs);
  if (state === 'scheduled' && now < opensAt) return found('meeting.early', { time: timeOf(opensAt) });
  if (outlook) return findOutlook(outlook, refusalWords);
  if (refused === 'password_wrong') return found('meeting.passwordWrong');
  if (refused !== null && !toldByDoor.includes(refused))
    return found('meeting.refused', { reason: refusalWords(refused) });
  if (waitsForHost) return found('meeting.host');
  return found(needsPassword ? 'meeting.password' : 'meeting.good');
}

function findOutlook(outlook: JoinOutlook, refusalWords: (reason: JoinRefusal) => string): Finding {
  switch (outlook.outcome) {
    case 'open':
      return found('meeting.good');
    case 'refused':
      return found('meeting.refused', { reason: refusalWords(outlook.reason) });
    case 'held':
      if (outlook.reason === 'host_not_here') return found('meeting.host');
      if (outlook.reason === 'waiting_room') return found('meeting.waiting');
      return found('meeting.held', { reason: refusalWords(outlook.reason) });
  }
}
