import { type Language, type LocalizedText, localize } from '@anteroom/shared/text.ts';
import type { Meeting } from '../meeting/types.ts';
import type { StageCaption } from '../ports/media.ts';

const waiting: LocalizedText = { en: 'Waiting for others to join', 'zh-CN': '等待其他人加入' };

/** What the room display says while nobody else is seen. */
export function stageCaption(meeting: Meeting, language: Language): StageCaption {
  return { title: meeting.subject, detail: localize(waiting, language) };
}

/** Stands on the room display over the laptop that this room itself shares. */
export function ownShareLabel(language: Language): string {
  return localize({ en: 'This room shares', 'zh-CN': '本室的共享' }, language);
}

/** Stands on the room display over the meeting's whiteboard. */
export function boardLabel(language: Language): string {
  return localize({ en: 'Whiteboard', 'zh-CN': '白板' }, language);
}

/** Stands on the room display over what somebody shares. */
export function shareLabel(name: string, language: Language): string {
  return localize({ en: `${name} shares`, 'zh-CN': `${name} 的共享` }, language);
}
