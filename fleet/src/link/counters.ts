import type { LinkCounters } from './link.ts';

export function createLinkCounters(): LinkCounters {
  return {
    received: { hello: 0, reported: 0, outcome: 0, event: 0, telemetry: 0, heartbeat: 0, gone: 0 },
    dropped: { malformed: 0, revoked: 0, overflow: 0 },
    surplusOutcomes: 0,
    commandsSent: 0,
    commandsSentAgain: 0,
    storeFailures: 0,
  };
}
