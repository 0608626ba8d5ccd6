import { expect, test } from 'vitest';
import { whyRefused } from './guard.ts';

test.each<[string, string | undefined, string | undefined, 'host' | 'origin' | null]>([
  ['a screen of this machine', '127.0.0.1:8090', undefined, null],
  ['its own page posting', '127.0.0.1:8090', 'http://127.0.0.1:8090', null],
  ['by name', 'localhost:8090', 'http://localhost:8090', null],
  ['IPv6', '[::1]:8090', 'http://[::1]:8090', null],
  ['the name it was told to listen on', 'panel.room:8090', undefined, null],
  ['a name that somebody made resolve here', 'evil.example:8090', undefined, 'host'],
  ['no host at all', undefined, undefined, 'host'],
  ['a page from elsewhere', '127.0.0.1:8090', 'https://evil.example', 'origin'],
  ['another port of this machine', '127.0.0.1:8090', 'http://127.0.0.1:3000', 'origin'],
  ['a sandboxed page', '127.0.0.1:8090', 'null', 'origin'],
])('%s', (_who, host, origin, expected) => {
  expect(whyRefused({ host, origin }, 'panel.room')).toBe(expected);
});
