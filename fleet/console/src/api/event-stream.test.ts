import { expect, it } from 'vitest';
import { createEventParser } from './event-stream.ts';

const stream =
  ': ping\n\nevent: change\ndata: {"topic":\ndata: "rooms"}\n\nretry: 5\r\nevent: change\r\ndata: 2\r\n\r\ndata: plain\n\n';
const expected = [
  { name: 'change', text: '{"topic":\n"rooms"}' },
  { name: 'change', text: '2' },
  { name: 'message', text: 'plain' },
];

it('gives every complete event and no comment', () => {
  expect(createEventParser()(stream)).toEqual(expected);
});

it('gives the same events for any cut of the stream', () => {
  for (let size = 1; size < 12; size++) {
    const parse = createEventParser();
    const pieces = stream.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
    expect(pieces.flatMap((piece) => parse(piece))).toEqual(expected);
  }
});

it('keeps an event that is not complete to itself', () => {
  expect(createEventParser()('data: half\n')).toEqual([]);
});
