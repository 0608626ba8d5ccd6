import { codeOfRefusal } from '@anteroom/shared/errors/control-errors.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import type { LiveChange, LiveView } from '@anteroom/shared/signalling/live.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { createLimiter } from '../../limiter.ts';
import type { SignallingService } from '../../signalling/ports.ts';
import type { AuditService } from '../audit/service.ts';
import type { MeetingNow, MeetingsService } from '../meetings/service.ts';
import type { Actor } from '../sessions/service.ts';
import { auditActionOf } from './audit-actions.ts';
import { createLiveFeeds, type LiveFeeds } from './feed.ts';

/**
 * Meeting control from outside, for whoever manages a meeting: only a process with the signalling role has live meetings;
 * any other one refuses with `signalling_elsewhere`.
 */
export interface LiveService {
  view(actor: Actor, meetingId: MeetingId): Promise<LiveView>;
  /** What is so now, and each change until `stop`; refused like `view`. */
  follow(
    actor: Actor,
    meetingId: MeetingId,
    onChange: (change: LiveChange) => void,
  ): Promise<{ view: () => LiveView; stop: () => void }>;
  /** Why the actor may not look on any more; null while they may. */
  findEnd(actor: Actor, meetingId: MeetingId): Promise<string | null>;
  /** One action with the rights of the host; a refusal is a problem. What lasts beyond the moment is in the audit trail. */
  control(actor: Actor, meetingId: MeetingId, action: ControlAction): Promise<void>;
}

/** Nobody presses faster for long; a program that does is held up. */
const actionsPerWindow = 60;
const windowMs = 30_000;

export function createLiveService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  meetings: MeetingsService;
  /** Null while this process does not signal. */
  signalling: () => SignallingService | null;
}): LiveService {
  const { db, clock, audit, meetings } = deps;
  const limiter = createLimiter({ clock, limit: actionsPerWindow, windowMs });
  let feeds: { of: SignallingService; feeds: LiveFeeds } | null = null;

  function signalling(): SignallingService {
    const service = deps.signalling();
    if (!service) throw new ProblemError('signalling_elsewhere');
    return service;
  }

  function feedsOf(source: SignallingService): LiveFeeds {
    if (feeds?.of !== source) feeds = { of: source, feeds: createLiveFeeds({ source, clock }) };
    return feeds.feeds;
  }

  async function getOpen(actor: Actor, meetingId: MeetingId): Promise<MeetingNow> {
    const meeting = await meetings.getManaged(db, actor, meetingId);
    if (meeting.state === 'over' || meeting.state === 'cancelled') throw new ProblemError('meeting_over');
    return meeting;
  }

  return {
    async view(actor, meetingId) {
      await getOpen(actor, meetingId);
      return feedsOf(signalling()).read(meetingId);
    },
    async follow(actor, meetingId, onChange) {
      await getOpen(actor, meetingId);
      return feedsOf(signalling()).follow(meetingId, onChange);
    },
    async findEnd(actor, meetingId) {
      try {
        await getOpen(actor, meetingId);
        return null;
      } catch (error) {
        if (error instanceof ProblemError) return error.code;
        throw error;
      }
    },
    async control(actor, meetingId, action) {
      const { subject } = await getOpen(actor, meetingId);
      const service = signalling();
      limiter.take(actor.accountId);
      const before = feedsOf(service).read(meetingId);
      const by = { name: actor.accountName, accountId: actor.accountId };
      const refusal = await service.control(meetingId, by, action);
      if (refusal === 'not_here' && before.controls === null) throw new ProblemError('nobody_in_meeting');
      if (refusal !== null) throw new ProblemError(codeOfRefusal(refusal));
      const kept = auditActionOf(action);
      if (kept === null) return;
      const target = 'participantId' in action ? action.participantId : null;
      const named = [...before.roster, ...before.waiting].find(({ participantId }) => participantId === target);
      const detail = { subject, ...(named ? { participant: named.name } : {}) };
      await db
        .transaction()
        .execute((tx) =>
          audit.append(tx, actor, { actor: actor.accountId, action: kept, subjectId: meetingId, detail }),
        );
    },
  };
}
