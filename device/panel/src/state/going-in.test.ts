import { expect, it } from 'vitest';
import { goingInWith } from './going-in.ts';

const camera = { kind: 'camera', state: 'working' } as const;
const microphone = { kind: 'microphone', state: 'working' } as const;
const unplugged = { kind: 'camera', state: 'missing' } as const;

it.each([
  [[camera, microphone], 'both'],
  [[{ ...camera, state: 'unknown' } as const, microphone], 'both'],
  [[unplugged, microphone], 'microphoneOnly'],
  [[unplugged, camera, microphone], 'both'],
  [[microphone], 'microphoneOnly'],
  [[camera, { ...microphone, state: 'failed' } as const], 'cameraOnly'],
  [[unplugged, { ...microphone, state: 'failed' } as const], 'neither'],
  [[{ kind: 'speaker', state: 'working' } as const], 'unknown'],
])('%j goes in with %s', (devices, expected) => {
  expect(goingInWith(devices)).toBe(expected);
});
