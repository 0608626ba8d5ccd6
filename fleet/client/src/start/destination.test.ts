import { expect, it } from 'vitest';
import { destinationOf } from './destination.ts';

const here = { kind: 'number', number: '418205736' };

it.each([
  ['418205736', here],
  [' 418 205 736 ', here],
  ['418-205-736', here],
  ['４１８２０５７３６', here],
  ['https://meet.example.org/m/418205736', here],
  ['meet.example.org/m/418205736?lang=en', here],
  ['Kari invites you.\nhttps://meet.example.org/m/418205736\nNumber: 418 205 736', here],
  [
    'https://other.example.com/m/418205736',
    { kind: 'elsewhere', url: 'https://other.example.com/m/418205736', host: 'other.example.com' },
  ],
  ['', { kind: 'none' }],
  ['41820573', { kind: 'none' }],
  ['4182057361', { kind: 'none' }],
  ['https://meet.example.org/m/4182057361', { kind: 'none' }],
  ['https://meet.example.org/rooms', { kind: 'none' }],
  ['javascript:alert(1)', { kind: 'none' }],
])('%j', (typed, destination) => {
  expect(destinationOf(typed, 'https://meet.example.org')).toEqual(destination);
});
