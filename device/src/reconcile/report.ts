import { type JoinRefusal, joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import type { Peripheral, ReportedDocument } from '@anteroom/shared/protocol/desired.ts';
import type { Observed } from './plan.ts';
import type { Shortfall } from './runner.ts';

/** What is told of the terminal; its number `n` is given where it is stored. */
export type ReportContent = Omit<ReportedDocument, 'n'>;

export type ReportFacts = {
  observed: Observed;
  /** Steps of the plan that could not be taken. */
  shortfalls: readonly Shortfall[];
  meeting: ReportContent['meeting'];
  /** A join that did not work and that nobody has dismissed. */
  joinFailure: { reason: JoinRefusal; since: string } | null;
  peripherals: readonly Peripheral[];
  /** What is wrong with the devices beside the terminal. */
  deviceFaults: readonly Shortfall[];
  hardware: Pick<ReportContent, 'software' | 'profile' | 'serial'>;
};

/** What this terminal tells the fleet that it has and is. Pure. */
export function reportContent(facts: ReportFacts): ReportContent {
  const { observed, shortfalls, meeting, joinFailure, peripherals, deviceFaults, hardware } = facts;
  const { version, place, settings } = observed;
  return {
    converged: version,
    spaceId: place?.space?.id ?? null,
    roomId: place?.room?.id ?? null,
    settings,
    ...hardware,
    meeting,
    peripherals: [...peripherals],
    shortfalls: [
      ...shortfalls,
      ...peripheralShortfalls(peripherals),
      ...deviceFaults,
      ...(joinFailure
        ? [{ what: 'join', why: joinRefusalTexts[joinFailure.reason].text.en, since: joinFailure.since }]
        : []),
    ],
  };
}

function peripheralShortfalls(peripherals: readonly Peripheral[]): Shortfall[] {
  return peripherals
    .filter(({ state }) => state === 'missing' || state === 'failed')
    .map(({ kind, name, state, observedAt }) => ({
      what: kind,
      why: state === 'missing' ? `no ${kind} is plugged in` : `${name || `the ${kind}`} does not work`,
      since: observedAt,
    }));
}
