import type { TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
import type { EventMessage } from '@anteroom/shared/protocol/messages.ts';
import { isRinging, ringKey } from './rules.ts';
import { go, silence, startJoining, stay } from './steps.ts';
import type { CloudEvent, Effect, Machine, Meeting, Moment, RingManner, Step } from './types.ts';

/** What becomes of rings, as pure steps: a room answers, declines or misses each of them once. */

/** The fleet notices the end of a ring a little later than the terminal, and their clocks differ a little. */
const slackMs = 3_000;
const mostMissed = 20;

/** A terminal that has no settings yet rings. */
export function ringManner(
  settings: Pick<TerminalSettings, 'answersAutomatically' | 'doNotDisturb'> | null,
): RingManner {
  if (settings?.doNotDisturb) return 'quiet';
  return settings?.answersAutomatically ? 'answer' : 'ring';
}

/** Rings of the schedule: shown, answered automatically, kept in mind while the room is busy, or missed. */
export function followRings(machine: Machine, event: Extract<CloudEvent, { type: 'schedule' }>, at: Moment): Step {
  const late = missWhatIsSpent(machine, at);
  const { call } = late.machine;
  const isNew = (meeting: Meeting) => isRinging(meeting, at) && !late.machine.silenced.includes(ringKey(meeting));
  const rings = event.meetings.filter(
    (meeting) => isNew(meeting) && !('meeting' in call && call.meeting.meetingId === meeting.meetingId),
  );
  const [first] = rings;
  if (event.manner === 'quiet') return rings.reduce((step, ring) => then(step, (now) => miss(now, ring, at)), late);
  if (call.state !== 'idle' || !first) return then(late, (now) => stay({ ...now, heard: rings }));
  const waiting = { ...late.machine, heard: rings.slice(1) };
  const step =
    event.manner === 'answer'
      ? startJoining(
          waiting,
          { meeting: first, media: event.media, startedBy: 'automatic', attempt: 1, pressedAt: at },
          at,
        )
      : go(waiting, { state: 'ringing', meeting: first, untilMs: Date.parse(first.ringUntil ?? '') });
  return { machine: step.machine, effects: [...late.effects, ...step.effects] };
}

/** The ring that is shown has ended without the room: it was withdrawn, or nobody answered. */
export function endRing(machine: Machine, at: Moment): Step {
  const { call } = machine;
  if (call.state !== 'ringing') return stay(machine);
  const step = isSpent(call.meeting, at) ? miss(machine, call.meeting, at) : stay(silence(machine, call.meeting));
  return go(step.machine, { state: 'idle' }, step.effects);
}

/** Somebody in the room does not want to answer: whoever calls is told. */
export function declineRing(machine: Machine): Step {
  const { call } = machine;
  if (call.state !== 'ringing') return stay(machine);
  return go(silence(machine, call.meeting), { state: 'idle' }, [tell('ringDeclined', call.meeting)]);
}

/** What was heard while the room was busy, and is over now. */
function missWhatIsSpent(machine: Machine, at: Moment): Step {
  const spent = machine.heard.filter((meeting) => isSpent(meeting, at) && !machine.silenced.includes(ringKey(meeting)));
  return spent.reduce((step, ring) => then(step, (now) => miss(now, ring, at)), stay(machine));
}

function isSpent({ ringUntil }: Meeting, at: Moment): boolean {
  return ringUntil !== null && Date.parse(ringUntil) <= at.wallMs + slackMs;
}

function miss(machine: Machine, meeting: Meeting, at: Moment): Step {
  const { meetingId, subject, organizerName, callerName } = meeting;
  const call = {
    meetingId,
    subject,
    callerName: callerName ?? organizerName,
    missedAt: new Date(at.wallMs).toISOString(),
  };
  const missed = [call, ...machine.missed.filter((other) => other.meetingId !== meetingId)].slice(0, mostMissed);
  return {
    machine: { ...silence(machine, meeting), missed },
    effects: [tell('ringMissed', meeting), { effect: 'rememberMissed', missed }],
  };
}

function tell(kind: EventMessage['kind'] & `ring${string}`, { meetingId, ringUntil }: Meeting): Effect {
  return { effect: 'announce', kind, detail: { meetingId, ringUntil: ringUntil ?? '' } };
}

function then(step: Step, next: (machine: Machine) => Step): Step {
  const after = next(step.machine);
  return { machine: after.machine, effects: [...step.effects, ...after.effects] };
}
