import { newId } from '@anteroom/shared/ids.ts';
import { longestChat } from '@anteroom/shared/meeting/control.ts';
import { describe, expect, it } from 'vitest';
import { lengthOf, messageParts, unreadCount } from './message-text.ts';

const linksOf = (text: string) => messageParts(text).flatMap((part) => (part.kind === 'link' ? part.href : []));

describe('a message', () => {
  it('keeps every character, links or not', () => {
    for (const text of ['plain', 'see https://a.example/x.', 'https://a.example https://b.example', 'a\n b'])
      expect(
        messageParts(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
  });

  it('links whole web addresses, without the marks of the sentence', () => {
    expect(linksOf('See https://example.org/a?b=1, then (http://example.com/c).')).toEqual([
      'https://example.org/a?b=1',
      'http://example.com/c',
    ]);
    expect(linksOf('请看 https://example.org/议程。')).toEqual(['https://example.org/%E8%AE%AE%E7%A8%8B']);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'example.org', 'https://bank.example@evil.example/', 'https://'])(
    'does not link %s',
    (text) => {
      expect(linksOf(text)).toEqual([]);
    },
  );
});

it('counts as the server does, and says how many are too many', () => {
  expect(lengthOf('  hello ')).toEqual({ count: 5, tooMany: 0, isShown: false });
  expect(lengthOf('x'.repeat(longestChat))).toEqual({ count: longestChat, tooMany: 0, isShown: true });
  expect(lengthOf('x'.repeat(longestChat + 3))).toMatchObject({ tooMany: 3 });
});

it('counts unread messages of others after the last one read', () => {
  const own = newId('participant');
  const from = newId('participant');
  const entry = (id: number, by = from) => ({ id, from: by, name: 'Mika', text: 'x', at: '2030-11-26T10:00:00.000Z' });
  expect(unreadCount([entry(1), entry(2), entry(3, own)], 1, own)).toBe(1);
  expect(unreadCount([entry(1)], null, own)).toBe(0);
});
