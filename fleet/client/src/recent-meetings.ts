import { z } from 'zod';

const storageKey = 'anteroom.recent-meetings';
const most = 8;
const recentMeetings = z.array(z.object({ number: z.string(), subject: z.string(), joinedAt: z.string() }));
export type RecentMeeting = z.infer<typeof recentMeetings>[number];

/** The meetings that somebody was in with this browser, the latest first. They are told to nobody. */
export interface RecentMeetings {
  list(): RecentMeeting[];
  remember(meeting: RecentMeeting): void;
  clear(): void;
}

export function createRecentMeetings(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): RecentMeetings {
  function list(): RecentMeeting[] {
    const parsed = recentMeetings.safeParse(parseJson(storage.getItem(storageKey)));
    return parsed.success ? parsed.data : [];
  }
  return {
    list,
    remember(meeting) {
      const others = list().filter(({ number }) => number !== meeting.number);
      storage.setItem(storageKey, JSON.stringify([meeting, ...others].slice(0, most)));
    },
    clear: () => storage.removeItem(storageKey),
  };
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]');
  } catch {
    return null; // Written by something else: nothing is remembered.
  }
}
