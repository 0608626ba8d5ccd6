import type { Call } from '../meeting/types.ts';
import type { ReportFacts } from '../reconcile/report.ts';

/** What the fleet is told about the call: only changes that it can act on, so that a talking room stays silent here. */
export function callReport(call: Call): Pick<ReportFacts, 'meeting' | 'joinFailure'> {
  switch (call.state) {
    case 'joining':
    case 'in':
    case 'reconnecting': {
      const since = new Date(call.since.wallMs).toISOString();
      return { meeting: { meetingId: call.meeting.meetingId, state: call.state, since }, joinFailure: null };
    }
    case 'failed': {
      const since = new Date(call.pressedAt.wallMs).toISOString();
      return { meeting: null, joinFailure: { reason: call.reason, since } };
    }
    default:
      return { meeting: null, joinFailure: null };
  }
}
