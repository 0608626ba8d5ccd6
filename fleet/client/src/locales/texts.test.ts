import { expect, it } from 'vitest';
import { callingTexts } from '../calling/locales/texts.ts';
import { checkTexts } from '../check/locales/texts.ts';
import { controlTexts } from '../control/locales/texts.ts';
import { viewTexts } from '../meeting/locales/texts.ts';
import { networkTexts } from '../network/locales/texts.ts';
import { pipTexts } from '../pip/locales/texts.ts';
import { sharingTexts } from '../sharing/locales/texts.ts';
import { shortcutTexts } from '../shortcuts/locales/texts.ts';
import { startTexts } from '../start/locales/texts.ts';
import { boardTexts } from '../whiteboard/locales/texts.ts';
import { texts } from './texts.ts';

const marksOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
const sources = [
  texts,
  controlTexts,
  callingTexts,
  viewTexts,
  sharingTexts,
  startTexts,
  networkTexts,
  pipTexts,
  shortcutTexts,
  boardTexts,
  checkTexts,
].map(({ namespace, catalogue }) => ({
  namespace,
  english: Object.entries<string>(catalogue.en),
  chinese: new Map(Object.entries<string>(catalogue['zh-CN'])),
}));

it.each(sources)('$namespace says everything in both languages', ({ english, chinese }) => {
  expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  expect([...chinese].filter(([, text]) => text.trim() === '')).toEqual([]);
});

it.each(sources)('$namespace has the same values to fill in', ({ english, chinese }) => {
  expect(english.map(([key, text]) => [key, marksOf(text)])).toEqual(
    english.map(([key]) => [key, marksOf(chinese.get(key) ?? '')]),
  );
});
