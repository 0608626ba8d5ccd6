import { assertNever } from '@anteroom/shared/assert-never.ts';
import { joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import { actionRefusals, whyNot } from '@anteroom/shared/panel/actions.ts';
import type { CommandRequest } from '@anteroom/shared/protocol/commands.ts';
import type { CommandResult } from '../link/link.ts';
import { isJoinable } from '../meeting/rules.ts';
import type { Call } from '../meeting/types.ts';
import type { Meetings } from './meetings.ts';

export type CommandDeps = {
  meetings: Meetings;
  setVolume(volumePercent: number): void;
  identify(untilMs: number): void;
  /** Ends the agent in order to be started anew by what supervises it. */
  restart(): void;
};

/**
 * Carries out one command of the fleet. Commands close microphones and cameras and never open them; what a call begins with
 * that they start is the room's setting.
 */
export function createCommands({ meetings, setVolume, identify, restart }: CommandDeps) {
  const done: CommandResult = { result: 'done', detail: '' };
  const refused = (detail: string): CommandResult => ({ result: 'refused', detail });

  async function join(request: Extract<CommandRequest, { kind: 'join' }>, signal: AbortSignal): Promise<CommandResult> {
    const refusal = whyNot('join', meetings.call().state);
    if (refusal) return refused(actionRefusals[refusal].en);
    const meeting = meetings.known().find((known) => known.meetingId === request.meetingId);
    if (!meeting) return refused(actionRefusals.meeting_unknown.en);
    if (meeting.ticket === null) return refused(actionRefusals.no_ticket.en);
    if (!isJoinable(meeting, meetings.now())) return refused(actionRefusals.too_early.en);
    meetings.joinRemotely(meeting);
    const call = await waitFor((state) => state.state !== 'joining', signal);
    if (call.state === 'in' || call.state === 'reconnecting') return done;
    if (call.state === 'failed') return { result: 'failed', detail: joinRefusalTexts[call.reason].text.en };
    return { result: 'failed', detail: 'The join was cancelled in the room.' };
  }

  async function leave(signal: AbortSignal): Promise<CommandResult> {
    const refusal = whyNot('leave', meetings.call().state);
    if (refusal) return refused(actionRefusals[refusal].en);
    meetings.dispatch({ from: 'cloud', type: 'leave' });
    await waitFor((state) => state.state !== 'leaving', signal);
    return done;
  }

  function waitFor(accept: (call: Call) => boolean, signal: AbortSignal): Promise<Call> {
    return new Promise((resolve, reject) => {
      const look = (call: Call) => {
        if (!accept(call)) return;
        finish();
        resolve(call);
      };
      const onAbort = () => {
        finish();
        reject(signal.reason);
      };
      const stop = meetings.onChange(look);
      const finish = () => {
        stop();
        signal.removeEventListener('abort', onAbort);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      else look(meetings.call());
    });
  }

  return async function execute(request: CommandRequest, { signal }: { signal: AbortSignal }): Promise<CommandResult> {
    const { state } = meetings.call();
    const isInCall = state === 'joining' || state === 'in' || state === 'reconnecting';
    switch (request.kind) {
      case 'join':
        return await join(request, signal);
      case 'leave':
        return await leave(signal);
      case 'mute':
      case 'stopCamera':
        if (!isInCall) return refused(actionRefusals.no_call.en);
        meetings.dispatch({ from: 'cloud', type: request.kind });
        return done;
      case 'setVolume':
        setVolume(request.volumePercent);
        return done;
      case 'identify':
        identify(meetings.now().wallMs + request.seconds * 1000);
        return done;
      case 'restart':
        if (isInCall && !request.evenInMeeting) return refused('This room is in a meeting.');
        // The outcome is on disk before the agent ends, so that it is not reported as interrupted.
        return { ...done, afterRecorded: restart };
      case 'ping':
        return done;
      default:
        return assertNever(request);
    }
  };
}
