import type { Executor } from '../reconcile/runner.ts';
import type { Meetings } from './meetings.ts';
import type { Preferences } from './preferences.ts';

/** Does one step towards what the fleet wants of this terminal, or says why it cannot. */
export function createExecutor(deps: {
  preferences: Pick<Preferences, 'applySettings'>;
  meetings: Pick<Meetings, 'schedule'>;
}): Executor {
  const { preferences, meetings } = deps;
  return (step) => {
    switch (step.step) {
      case 'takePlace':
      case 'confirmVersion':
        return { ok: true };
      case 'applySettings':
        preferences.applySettings(step.settings, step.before);
        return { ok: true };
      case 'setSignalling':
        if (new URL(step.url).protocol !== 'wss:')
          return { ok: false, why: `signalling at ${step.url} is not encrypted: expected wss://` };
        return { ok: true };
      case 'setMeetings':
        meetings.schedule(step.meetings);
        return { ok: true };
    }
  };
}
