import { expect, it } from 'vitest';
import { pathOf, type Route, readRoute } from './route.ts';

it.each<[string, Route]>([
  ['/', { page: 'room' }],
  ['/panel', { page: 'room' }],
  ['/panel/', { page: 'room' }],
  ['/panel/devices-of-another', { page: 'room' }],
  ['/panel/devices', { page: 'devices', device: null }],
  ['/panel/devices/', { page: 'devices', device: null }],
  ['/panel/devices/display', { page: 'devices', device: 'display' }],
  ['/panel/devices/left%2Fright%20lamp', { page: 'devices', device: 'left/right lamp' }],
])('%s is %j', (path, expected) => {
  expect(readRoute(path)).toEqual(expected);
});

it.each<Route>([{ page: 'room' }, { page: 'devices', device: null }, { page: 'devices', device: '左/右 100%' }])(
  'the address of %j leads there',
  (route) => {
    expect(readRoute(pathOf(route))).toEqual(route);
  },
);
