import { expect, test } from 'vitest';
import { createBoardPictures } from './board-picture.ts';

function start() {
  const meeting = { isShown: false };
  return { meeting, pictures: createBoardPictures({ isShown: () => meeting.isShown, label: () => 'Whiteboard' }) };
}

test('without a whiteboard nothing is shown, and what was painted late is forgotten', () => {
  const { meeting, pictures } = start();
  pictures.take(Buffer.from('late'));
  expect(pictures.shown()).toBeNull();
  meeting.isShown = true;
  expect(pictures.shown()).toEqual({ jpeg: null, label: 'Whiteboard' });
});

test('a board is the same until it is painted anew, and gone with the whiteboard', () => {
  const { meeting, pictures } = start();
  meeting.isShown = true;
  pictures.take(Buffer.from('first'));
  const first = pictures.shown();
  expect(first).toEqual({ jpeg: Buffer.from('first'), label: 'Whiteboard' });
  expect(pictures.shown()).toBe(first);
  pictures.take(Buffer.from('second'));
  expect(pictures.shown()?.jpeg).toEqual(Buffer.from('second'));
  meeting.isShown = false;
  expect(pictures.shown()).toBeNull();
  meeting.isShown = true;
  expect(pictures.shown()?.jpeg).toBeNull();
});
