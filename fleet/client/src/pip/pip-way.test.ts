import { expect, it } from 'vitest';
import { pipWayOf, whyNoPip } from './pip-way.ts';

const documentPictureInPicture = { requestWindow: () => Promise.reject(new Error('not asked for')) };

it('takes the window with controls before the bare video', () => {
  expect(pipWayOf({ documentPictureInPicture, document: { pictureInPictureEnabled: true } })).toBe('document');
  expect(pipWayOf({ document: { pictureInPictureEnabled: true } })).toBe('video');
  expect(pipWayOf({ document: { pictureInPictureEnabled: false } })).toBeNull();
  expect(pipWayOf({ document: {} })).toBeNull();
});

it('says why it cannot be opened', () => {
  expect(whyNoPip(null, { hasVideo: true })).toBe('unsupported');
  expect(whyNoPip('video', { hasVideo: false })).toBe('noVideo');
  expect(whyNoPip('video', { hasVideo: true })).toBeNull();
  expect(whyNoPip('document', { hasVideo: false })).toBeNull();
});
