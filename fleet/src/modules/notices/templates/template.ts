import { type Language, type LocalizedText, localize } from '@anteroom/shared/text.ts';

/** A message to a person; `{name}` marks a value. An SMS is its text alone. */
export type NoticeTemplate = { subject: LocalizedText; text: LocalizedText };
export type NoticeValues = Record<string, string | number>;

export function render(template: NoticeTemplate, language: Language, values: NoticeValues) {
  return {
    // A line break in a subject would begin another header.
    subject: localize(template.subject, language, values).replace(/[\r\n]+/g, ' '),
    text: localize(template.text, language, values),
  };
}
