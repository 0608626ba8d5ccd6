import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import { newId } from '@anteroom/shared/ids.ts';

/** Somebody who is signed in, with what the start page shows of their own. */
export type FixtureAccount = { name: string; personalNumber: string; meetings: MeetingItem[] };

export function planned(subject: string, startMinutes: number, change: Partial<MeetingItem> = {}): MeetingItem {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  return {
    ...{ id: newId('meeting'), number: '501662398', subject, media: 'video', timeZone: 'UTC', resource: 'free' },
    ...{ startAt: at(startMinutes), endAt: at(startMinutes + 30), room: null, seriesId: null },
    ...{ organizerName: 'Lin Yuehan', hasGuestPassword: false, state: 'scheduled', participants: [] },
    ...{ joinUrl: 'https://meet.example.org/m/501662398', mayManage: false },
    ...change,
  };
}

/** What the fleet answers to a GET of the session or of what is the account's own; null when nobody is signed in. */
export function ownAnswer(account: FixtureAccount | null, url: string): unknown {
  if (!account) return null;
  const { pathname, searchParams } = new URL(url, 'http://fixture');
  if (pathname === '/api/v1/my/meeting-number') return { number: account.personalNumber };
  if (pathname === '/api/v1/my/meetings') {
    const state = searchParams.get('when') === 'live' ? 'live' : 'scheduled';
    const items = account.meetings.filter((meeting) => meeting.state === state);
    return { items, nextCursor: null, total: items.length };
  }
  const session: Session = {
    account: { id: newId('account'), name: account.name, language: 'en' },
    organization: { id: newId('organization'), name: 'Halden Works', timeZone: 'UTC' },
    ...{ role: 'member', permissions: [], managedDepartments: null },
  };
  return session;
}
