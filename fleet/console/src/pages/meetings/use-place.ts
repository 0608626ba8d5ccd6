import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import { texts } from '../../locales/texts.ts';

/** What a meeting uses, in words: the name of its cloud room, or that it needs none. */
export function usePlace(): (meeting: Pick<MeetingItem, 'room' | 'resource'>) => string {
  const text = texts.useText();
  return ({ room, resource }) => room?.name ?? text(resource === 'free' ? 'resource.free' : 'resource.concurrency');
}
