import { assertNever } from '@anteroom/shared/assert-never.ts';
import { useEffect, useRef, useState } from 'react';
import { sharingTexts } from '../sharing/locales/texts.ts';
import type { JoinedState } from '../stage.ts';
import { type Announcement, announcementsOf } from './announcements.ts';
import { controlTexts } from './locales/texts.ts';

/** Tells screen readers what happens in the meeting. */
export function Announcer({ client }: { client: JoinedState }) {
  const words = useAnnouncementWords();
  const before = useRef(client);
  const [told, setTold] = useState<readonly Announcement[]>([]);
  useEffect(() => {
    const news = announcementsOf(before.current, client);
    before.current = client;
    if (news.length > 0) setTold(news);
  }, [client]);
  return (
    <div className="visually-hidden" aria-live="polite">
      {told.map(words).join(' ')}
    </div>
  );
}

function useAnnouncementWords(): (announcement: Announcement) => string {
  const text = controlTexts.useText();
  const sharing = sharingTexts.useText();
  return (announcement) => {
    switch (announcement.what) {
      case 'hand':
        return text('announce.hand', { name: announcement.name });
      case 'spotlight':
        return text('announce.spotlight', { name: announcement.name });
      case 'screen':
      case 'whiteboard':
        return sharing(`announce.${announcement.what}`, { name: announcement.name });
      case 'unshared':
        return sharing('announce.ended');
      case 'message':
        return text('announce.message', { name: announcement.name, text: announcement.text });
      case 'reaction':
        return text('announce.reaction', {
          name: announcement.name,
          reaction: text(`react.${announcement.reaction}`),
        });
      case 'locked':
      case 'unlocked':
      case 'host':
      case 'cohost':
      case 'plain':
        return text(`announce.${announcement.what}`);
      default:
        return assertNever(announcement);
    }
  };
}
