import { type Language, type LocalizedText, localize } from '@anteroom/shared/text.ts';

/** A message to a person; `{name}` marks a value. An SMS is its text alone. */
export type NoticeTemplate = {
  subject: LocalizedText;
  text: LocalizedText;
  /** It holds a code or a link that grants something: only its recipient reads it, and it is forgotten once sent. */
  isSecret?: true;
};
export type NoticeValues = Record<string, string | number>;

export function render(template: NoticeTemplate, language: Language, values: NoticeValues) {
  const fill = (text: LocalizedText) => {
    const filled = localize(text, language, values);
    const missing = /\{\w+\}/.exec(filled)?.[0];
    if (missing !== undefined) throw new Error(`a message to a person has no value for ${missing}`);
    return filled;
  };
  // A line break in a subject would begin another header.
  return { subject: fill(template.subject).replace(/[\r\n]+/g, ' '), text: fill(template.text) };
}
