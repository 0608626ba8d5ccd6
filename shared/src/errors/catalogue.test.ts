import { expect, test } from 'vitest';
import { holdReason, type JoinRefusal, joinRefusals, joinRefusalTexts } from '../meeting/refusal.ts';
import { languages, localize } from '../text.ts';
import { type ErrorCode, errorCatalogue } from './catalogue.ts';
import { ProblemError, problem, toProblem } from './problem.ts';

const marks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
// Object.keys loses the key type.
const codes = Object.keys(errorCatalogue) as ErrorCode[];
const isHoldReason = (reason: JoinRefusal) => holdReason.safeParse(reason).success;

test.each(codes)('%s says the same values in every language, and ends in a full stop', (code) => {
  const { text } = errorCatalogue[code];
  for (const language of languages) {
    expect(marks(text[language])).toEqual(marks(text.en));
    expect(text[language]).toMatch(/[.。]$/);
  }
});

test.each(codes)('%s makes a valid problem document', (code) => {
  for (const language of languages) expect(problem.safeParse(toProblem(code, language, {})).success).toBe(true);
});

test('values are filled in, and a missing one stays visible', () => {
  expect(toProblem('rate_limited', 'en', { retryAfterS: 30 }).detail).toBe('Too many tries. Wait 30 s and try again.');
  expect(localize(errorCatalogue.rate_limited.text, 'en')).toContain('{retryAfterS}');
});

test('an error keeps its cause', () => {
  const cause = new Error('disk full');
  expect(new ProblemError('internal', { reference: 'r1' }, { cause }).cause).toBe(cause);
});

test.each(joinRefusals)('refusal %s has a sentence in both languages, and says who can end it', (reason) => {
  const { text, fixer, retriesByItself } = joinRefusalTexts[reason];
  expect(text.en).toMatch(/^[A-Z].*\.$/);
  expect(text['zh-CN']).toMatch(/^\p{Script=Han}.*。$/u);
  // What ends with time alone has to end without the person too.
  if (fixer === 'time' || isHoldReason(reason)) expect(retriesByItself).toBe(true);
});

test('no two refusals say the same', () => {
  for (const language of languages) {
    const sentences = joinRefusals.map((reason) => joinRefusalTexts[reason].text[language]);
    expect(new Set(sentences).size).toBe(joinRefusals.length);
  }
});
