import type { LinkTiming as TerminalTiming } from '../../device/src/link/link.ts';
import type { LinkTiming as FleetTiming } from '../../fleet/src/link/link.ts';

/** Timings for tests: the same behaviour, sooner. */
export const fastFleetTiming: FleetTiming = {
  heartbeatEveryMs: 500,
  pollEveryMs: 100,
  resendFirstMs: 300,
  resendAtMostMs: 1_500,
  leaseMs: 1_200,
};

export const fastTerminalTiming: TerminalTiming = {
  reconnectFirstMs: 100,
  reconnectAtMostMs: 600,
  refusedRetryMs: 1_000,
  welcomeWithinMs: 400,
  resendFirstMs: 300,
  resendAtMostMs: 1_500,
};
