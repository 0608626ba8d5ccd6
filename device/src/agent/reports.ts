import type { Logger } from 'pino';
import { type ReportFacts, reportContent } from '../reconcile/report.ts';
import type { Membership } from './membership.ts';

/** What the terminal tells the fleet of itself while it is a member; what cannot be stored is logged. */
export interface Reports {
  report(): void;
  announce(...event: Parameters<Membership['link']['publishEvent']>): void;
}

export function createReports(deps: { membership(): Membership | null; facts(): ReportFacts; log: Logger }): Reports {
  const { membership, facts, log } = deps;
  return {
    report() {
      membership()
        ?.link.report(reportContent(facts()))
        .catch((cause: unknown) => log.error({ err: cause }, 'report not stored'));
    },
    announce(...[kind, detail]) {
      membership()
        ?.link.publishEvent(kind, detail)
        .catch((cause: unknown) => log.error({ err: cause, kind }, 'event not stored'));
    },
  };
}
