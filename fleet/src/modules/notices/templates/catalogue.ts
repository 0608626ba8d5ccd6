import { closingTemplates } from './closings.ts';
import { codeTemplates } from './codes.ts';
import { meetingTemplates } from './meetings.ts';
import { peopleTemplates } from './people.ts';
import { shortageTemplates } from './shortages.ts';
import type { NoticeTemplate } from './template.ts';

/** Every message that leaves the fleet, by name. A module keeps its own in a file beside this one. */
export const noticeTemplates = {
  ...closingTemplates,
  ...codeTemplates,
  ...meetingTemplates,
  ...peopleTemplates,
  ...shortageTemplates,
} as const satisfies Record<string, NoticeTemplate>;

export type NoticeTemplateName = keyof typeof noticeTemplates;

export function isTemplateName(name: string): name is NoticeTemplateName {
  return Object.hasOwn(noticeTemplates, name);
}
