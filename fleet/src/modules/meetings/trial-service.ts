import { type MeetingId, newId } from '@anteroom/shared/ids.ts';
import { meetingOptions } from '@anteroom/shared/meeting/fields.ts';
import type { Language, LocalizedText } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { NumbersService } from '../numbers/service.ts';
import type { OrganizationsService } from '../organizations/service.ts';
import type { Actor } from '../sessions/service.ts';
import { toMeeting, toPlanned } from './planned.ts';
import { createMeetingRepository } from './repository.ts';

/** How long the trial can be begun; its guide plays for a minute. */
export const trialMinutes = 40;

const subject: LocalizedText = { en: 'One-minute quick start', 'zh-CN': '一分钟快速体验' };
const description: LocalizedText = {
  en: 'A meeting to try things out: a short guide shows what is where.',
  'zh-CN': '供您体验的会议，简短引导带您了解各项功能。',
};

/** Greets new accounts with a trial meeting (体验会议), at their first sign-in. */
export function createTrials(deps: {
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  numbers: NumbersService;
  organizations: OrganizationsService;
}) {
  const { clock, audit, changes, numbers, organizations } = deps;

  /** It uses the seats of a meeting of the free plan: nobody's concurrency, and no personal meeting ID. */
  async function make(tx: FleetDatabase, actor: Actor, language: Language): Promise<MeetingId> {
    const now = clock.now();
    const id = newId('meeting', now);
    const request = {
      ...{ subject: subject[language], description: description[language], media: 'video' as const },
      ...{ resource: { kind: 'free' as const }, durationMinutes: trialMinutes, timeZone: actor.orgTimeZone },
      ...{ attendees: [], admissionScope: 'invited' as const, waitingRoom: 'off' as const },
      ...{ number: 'generated' as const, notices: { email: false, sms: false } },
      options: meetingOptions.parse({ endsAutomatically: true }),
    };
    const place = {
      ...{ resourceKind: 'free' as const, roomId: null, slotId: null, organizerAccountId: actor.accountId, uid: id },
      number: await numbers.next(tx, actor, id),
    };
    const times = {
      startAt: now.toISOString(),
      endAt: new Date(now.getTime() + trialMinutes * 60_000).toISOString(),
    };
    const meeting = toMeeting(toPlanned(actor, request, place, now), { ...times, id, seriesId: null });
    await createMeetingRepository(tx).insert([{ ...meeting, purpose: 'trial' }]);
    return id;
  }

  return {
    /** In the transaction of a sign-in: does nothing but the first time. */
    async greet(tx: FleetDatabase, actor: Actor): Promise<void> {
      const greetedAt = clock.now().toISOString();
      const { numUpdatedRows } = await tx
        .updateTable('accounts')
        .set({ greetedAt })
        .where('id', '=', actor.accountId)
        .where('kind', '=', 'standard')
        .where('greetedAt', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n || actor.role === 'fieldEngineer') return;
      const { settings } = await organizations.get(actor, tx);
      if (!settings.hasTrialMeeting) return;
      const id = await make(tx, actor, actor.language);
      const detail = { subject: subject[actor.language], roomId: null };
      await audit.append(tx, actor, { actor: actor.accountId, action: 'meeting.created', subjectId: id, detail });
      await changes.mark(tx, actor, 'meetings');
    },
  };
}

export type Trials = ReturnType<typeof createTrials>;
