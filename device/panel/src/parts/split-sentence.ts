/** The first sentence says what happened; the rest what to do. */
export function splitSentence(sentence: string): { headline: string; advice: string } {
  const [, headline = sentence, advice = ''] = /^(.+?[.。;；，,!！])\s*(.*)$/u.exec(sentence) ?? [];
  return { headline: headline.replace(/[.。；;，,]$/u, ''), advice };
}
