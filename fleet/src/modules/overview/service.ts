import { mayCall } from '@anteroom/shared/api/access.ts';
import type { Overview } from '@anteroom/shared/api/overview.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { MeetingsService } from '../meetings/service.ts';
import type { Actor } from '../sessions/service.ts';
import type { TerminalsService } from '../terminals/service.ts';
import { dayOf } from './rules.ts';

export interface OverviewService {
  get(actor: Actor): Promise<Overview>;
}

export function createOverviewService(deps: {
  clock: Clock;
  terminals: TerminalsService;
  meetings: MeetingsService;
}): OverviewService {
  const { clock, terminals, meetings } = deps;
  return {
    async get(actor) {
      const now = clock.now();
      const { from, to } = dayOf(now, actor.orgTimeZone);
      const count = async () => ({
        live: await meetings.countLive(actor),
        today: await meetings.countBetween(actor, from, to),
      });
      return {
        terminals: await terminals.count(actor),
        meetings: mayCall('member', actor) ? await count() : null,
        at: now.toISOString(),
      };
    },
  };
}
