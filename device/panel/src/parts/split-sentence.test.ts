import { joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import { expect, test } from 'vitest';
import { splitSentence } from './split-sentence.ts';

test('the first sentence is the headline, the rest the advice', () => {
  expect(splitSentence('No seat is free. When somebody leaves, press Join again.')).toEqual({
    headline: 'No seat is free',
    advice: 'When somebody leaves, press Join again.',
  });
  expect(splitSentence('会议室已满，有人离开后请再次加入。')).toEqual({
    headline: '会议室已满',
    advice: '有人离开后请再次加入。',
  });
  expect(splitSentence('This meeting is over.')).toEqual({ headline: 'This meeting is over', advice: '' });
});

test.each(Object.keys(joinRefusalTexts))('%s has a headline in both languages', (reason) => {
  const texts = Object.entries(joinRefusalTexts).find(([known]) => known === reason)?.[1].text;
  for (const sentence of Object.values(texts ?? {})) {
    expect(splitSentence(sentence).headline.length).toBeGreaterThan(3);
  }
});
