import { expect, it } from 'vitest';
import { isClosedTo } from './places.ts';

const member = { role: 'member', permissions: [] } as const;
const auditor = { role: 'administrator', permissions: ['audit'] } as const;

it.each([
  '/my-meetings',
  '/meetings/new',
  '/meetings/mtg_1',
  '/people',
  '/people/contacts',
  '/organization',
  '/account',
])('%s is open to members', (path) => expect(isClosedTo(member, path)).toBe(false));

it.each(['/', '/meetings', '/spaces', '/spaces/new', '/claim', '/resources/order', '/audit'])(
  '%s is not for members',
  (path) => expect(isClosedTo(member, path)).toBe(true),
);

it('is decided by what an administrator was given', () => {
  expect(isClosedTo(auditor, '/audit')).toBe(false);
  expect(isClosedTo(auditor, '/outbox')).toBe(true);
});
