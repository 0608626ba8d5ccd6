import { joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import type { Peripheral } from '@anteroom/shared/protocol/desired.ts';
import type { LinkHardware, ReportedContent } from '../link/link.ts';
import type { Call } from '../meeting/types.ts';
import type { Observed } from './plan.ts';
import type { Shortfall } from './runner.ts';

export type ReportFacts = {
  observed: Observed;
  shortfalls: readonly Shortfall[];
  call: Call;
  peripherals: readonly Peripheral[];
  hardware: LinkHardware;
};

/** What this terminal tells the fleet that it has and is. Pure. */
export function reportContent({ observed, shortfalls, call, peripherals, hardware }: ReportFacts): ReportedContent {
  const { version, place, settings } = observed;
  return {
    converged: version,
    spaceId: place?.space?.id ?? null,
    roomId: place?.room?.id ?? null,
    settings,
    software: hardware.software,
    profile: hardware.profile,
    serial: hardware.serial,
    meeting: meetingReport(call),
    peripherals: [...peripherals],
    shortfalls: [...shortfalls, ...deviceShortfalls(peripherals), ...callShortfalls(call)],
  };
}

function meetingReport(call: Call): ReportedContent['meeting'] {
  if (call.state !== 'joining' && call.state !== 'in' && call.state !== 'reconnecting') return null;
  const since = new Date(call.since.wallMs).toISOString();
  return { meetingId: call.meeting.meetingId, state: call.state, since };
}

function deviceShortfalls(peripherals: readonly Peripheral[]): Shortfall[] {
  return peripherals
    .filter(({ state }) => state === 'missing' || state === 'failed')
    .map(({ kind, name, state, observedAt }) => ({
      what: kind,
      why: state === 'missing' ? `no ${kind} is plugged in` : `${name || `the ${kind}`} does not work`,
      since: observedAt,
    }));
}

function callShortfalls(call: Call): Shortfall[] {
  if (call.state !== 'failed') return [];
  const since = new Date(call.pressedAt.wallMs).toISOString();
  return [{ what: 'join', why: joinRefusalTexts[call.reason].text.en, since }];
}
