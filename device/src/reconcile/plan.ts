import { isDeepStrictEqual } from 'node:util';
import type { DesiredDocument, TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
import { compareVersions, type Version } from '@anteroom/shared/protocol/envelope.ts';

type Meeting = DesiredDocument['meetings'][number];

/** What this terminal has taken on of what the fleet wants; empty at every start of the agent. */
export type Observed = {
  version: Version | null;
  place: Place | null;
  settings: TerminalSettings | null;
  meetings: readonly Meeting[] | null;
  signallingUrl: string | null;
};

export type Place = Pick<DesiredDocument, 'terminal' | 'organization' | 'space' | 'room'>;

export const nothingObserved: Observed = {
  version: null,
  place: null,
  settings: null,
  meetings: null,
  signallingUrl: null,
};

export type PlanStep = { reason: string } & (
  | { step: 'takePlace'; place: Place }
  | { step: 'applySettings'; settings: TerminalSettings; before: TerminalSettings | null }
  | { step: 'setSignalling'; url: string }
  | { step: 'setMeetings'; meetings: readonly Meeting[] }
  | { step: 'confirmVersion'; version: Version }
);

/** What to do, in order, to get from what is to what is wanted. Nothing to do: an empty plan. */
export function plan(desired: DesiredDocument, observed: Observed): PlanStep[] {
  const { version, terminal, organization, space, room, settings, meetings, signallingUrl } = desired;
  const steps: PlanStep[] = [];
  const place = { terminal, organization, space, room };
  if (!isDeepStrictEqual(observed.place, place))
    steps.push({ step: 'takePlace', place, reason: placeReason(observed.place, place) });
  if (!isDeepStrictEqual(observed.settings, settings)) {
    const changed = changedKeys(observed.settings, settings).join(', ');
    steps.push({ step: 'applySettings', settings, before: observed.settings, reason: `changed: ${changed}` });
  }
  // Meetings may be joined as soon as they are known: the address comes first.
  if (observed.signallingUrl !== signallingUrl)
    steps.push({ step: 'setSignalling', url: signallingUrl, reason: `was ${observed.signallingUrl ?? 'unknown'}` });
  if (!isDeepStrictEqual(observed.meetings, meetings)) {
    const count = observed.meetings?.length ?? 0;
    steps.push({ step: 'setMeetings', meetings, reason: `had ${count} meetings, wanted are ${meetings.length}` });
  }
  if (observed.version === null || compareVersions(observed.version, version) !== 0)
    steps.push({ step: 'confirmVersion', version, reason: `everything of ${version.epoch}.${version.n} is taken on` });
  return steps;
}

function placeReason(before: Place | null, after: Place): string {
  if (before === null) return 'no place yet';
  const changed = changedKeys(before, after);
  return `changed: ${changed.join(', ')}`;
}

function changedKeys(before: object | null, after: object): string[] {
  const known = new Map<string, unknown>(before ? Object.entries(before) : []);
  return Object.entries(after)
    .filter(([key, value]) => !isDeepStrictEqual(known.get(key), value))
    .map(([key]) => key);
}
