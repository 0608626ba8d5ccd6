import { describe, expect, it } from 'vitest';
import { outdatedCaches, wayOf } from './ways.ts';

const origin = 'https://meet.example.org';

describe('a request', () => {
  it.each([
    ['GET', 'navigate', '/m/', 'page'],
    ['GET', 'navigate', '/m', 'page'],
    ['GET', 'navigate', '/m/418205736', 'page'],
    ['GET', 'navigate', '/meetings', 'network'],
    ['GET', 'navigate', '/', 'network'],
    ['POST', 'navigate', '/m/', 'network'],
    ['GET', 'cors', '/client/assets/index-1a2b.js', 'file'],
    ['GET', 'no-cors', '/client/favicon.svg', 'file'],
    ['GET', 'cors', '/api/v1/join/418205736', 'network'],
    ['POST', 'cors', '/api/v1/join/418205736', 'network'],
    ['GET', 'cors', '/assets/main-1a2b.js', 'network'],
    ['GET', 'no-cors', 'https://other.example.com/client/x.js', 'network'],
  ] as const)('%s (%s) of %s is answered by the %s', (method, mode, path, way) => {
    expect(wayOf({ method, mode, url: new URL(path, origin).href }, origin)).toBe(way);
  });
});

it('keeps the newest version and the one before', () => {
  expect(outdatedCaches(['shell-1', 'shell-2', 'other-1', 'shell-3'], 'shell-')).toEqual(['shell-1']);
  expect(outdatedCaches(['shell-1', 'shell-2'], 'shell-')).toEqual([]);
});
