import { expect, it } from 'vitest';
import { askIdentity } from './codec.ts';
import { isNotAuthorized, soapExchange } from './exchanges.ts';

const session = {
  ...{ access: null, devicePath: '/d', paths: {}, aheadMs: 0, challenge: null, challengeUses: 0, lastNumber: 0 },
  ...{ timeoutMs: 1_000, now: () => new Date(0), nonce: () => new Uint8Array(16) },
};

it.each([
  [401, 'refused'],
  [404, 'refused'],
  [500, 'device_failed'],
  // The simulator onvifsim answers so to what it does not know.
  [501, 'refused'],
  [503, 'busy'],
  [200, 'nonsense'],
])('HTTP %i without SOAP: %s', (status, fault) => {
  const exchange = soapExchange(askIdentity, { isUrgent: false, isOpen: false }, { ...session });
  exchange.start();
  const response = { number: 1, status, headers: {}, body: '<html/>' };
  expect(exchange.take(response)).toMatchObject({ is: 'failed', error: { fault } });
  expect(exchange.take({ ...response, number: 2 })).toEqual({ is: 'foreign' });
});

it.each([
  [['Sender', 'NotAuthorized'], true],
  // WS-Security’s own word, which onvifsim and others say.
  [['Sender', 'FailedAuthentication'], true],
  [['Sender', 'InvalidArgVal'], false],
])('%j: not authorized %s', (codes, expected) => {
  expect(isNotAuthorized({ is: 'fault', codes, reason: '' })).toBe(expected);
});
