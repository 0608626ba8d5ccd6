import { assertNever } from '@anteroom/shared/assert-never.ts';
import { type ControlAction, openControls } from '@anteroom/shared/meeting/control.ts';
import type { MeetingSummary } from '@anteroom/shared/signalling/messages.ts';
import { keepClosed } from './host-wish.ts';
import { go, isPresent, stay } from './steps.ts';
import type { CloudEvent, Machine, Meeting, Moment, Proceedings, Step } from './types.ts';

/** What goes on in the meeting that this room is in, and what the room asked of the fleet about it. All pure. */

type Told<T extends CloudEvent['type']> = Extract<CloudEvent, { type: T }>;

/** Until the fleet has told more. */
export const nothingYet: Proceedings = {
  ...{ revision: 0, controls: openControls, content: null, waiting: [], called: [], reactions: [], words: null },
  ...{ asked: [], lastAskedId: 0, outcome: null },
};
/** Reactions that are kept; screens show the fresh ones. */
const keptReactions = 20;

/** `joined` tells everything anew, but who waits and who was called: that follows where this room may know. */
export function openProceedings(before: Proceedings, { controls, content }: Told<'joined'>): Proceedings {
  return { ...before, controls, content, revision: 0, waiting: [], called: [], reactions: [] };
}

/** The meeting as the signalling role has it: after an extension, newer than the schedule. */
export function withSummary(meeting: Meeting, { subject, startAt, endAt }: MeetingSummary): Meeting {
  return { ...meeting, subject, startAt, endAt };
}

export function followProceedings(
  machine: Machine,
  event: Told<'meeting' | 'waiting' | 'called' | 'chat' | 'reaction'>,
  at: Moment,
): Step {
  const { call } = machine;
  if (!isPresent(call)) return stay(machine);
  const { proceedings } = call;
  switch (event.type) {
    case 'meeting': {
      if (event.revision <= proceedings.revision) return stay(machine);
      const { revision, controls, content } = event;
      const meeting = withSummary(call.meeting, event.summary);
      return go(machine, { ...call, meeting, proceedings: { ...proceedings, revision, controls, content } }, [
        { effect: 'remember', meeting, media: call.media },
      ]);
    }
    case 'waiting':
      return go(machine, { ...call, proceedings: { ...proceedings, waiting: event.waiting } });
    case 'called':
      return go(machine, { ...call, proceedings: { ...proceedings, called: event.called } });
    case 'chat':
      if (event.words.from === call.ownParticipantId) return stay(machine);
      return go(machine, { ...call, proceedings: { ...proceedings, words: event.words } });
    case 'reaction': {
      const { participantId, reaction } = event;
      const others = proceedings.reactions.filter((one) => one.participantId !== participantId);
      const reactions = [...others, { participantId, reaction, at }].slice(-keptReactions);
      return go(machine, { ...call, proceedings: { ...proceedings, reactions } });
    }
    default:
      return assertNever(event);
  }
}

/** Sends an action of meeting control; its answer bears the same id. */
export function askControl(machine: Machine, action: ControlAction): Step {
  const { call } = machine;
  if (!isPresent(call)) return stay(machine);
  const id = call.proceedings.lastAskedId + 1;
  const asked = [...call.proceedings.asked, { id, action }];
  return go(machine, { ...call, proceedings: { ...call.proceedings, asked, lastAskedId: id } }, [
    { effect: 'control', id, action },
  ]);
}

/** The fleet's answer: what was refused to this room's own devices stays closed. */
export function followControlled(machine: Machine, { id, refusal }: Told<'controlled'>, at: Moment): Step {
  const { call } = machine;
  if (!isPresent(call)) return stay(machine);
  const { proceedings } = call;
  const answered = proceedings.asked.find((one) => one.id === id);
  if (!answered) return stay(machine);
  const asked = proceedings.asked.filter((one) => one !== answered);
  const outcome = { ...answered, refusal, at };
  const told = go(machine, { ...call, proceedings: { ...proceedings, asked, outcome } });
  return refusal === null ? told : keepClosed(told, answered.action);
}

/** The line is gone: nobody knows what became of what was asked. */
export function loseAsked(proceedings: Proceedings, at: Moment): Proceedings {
  const lost = proceedings.asked.at(-1);
  return lost ? { ...proceedings, asked: [], outcome: { ...lost, refusal: 'failed', at } } : proceedings;
}
