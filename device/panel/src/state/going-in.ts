import type { Peripheral } from '@anteroom/shared/protocol/desired.ts';

/** What Join opens: only the room opens its microphone and camera, so it says beforehand which. */
export type GoingIn = 'both' | 'microphoneOnly' | 'cameraOnly' | 'neither' | 'unknown';

/** By what the terminal knows of its devices; `unknown` while it has not looked at them yet. */
export function goingInWith(peripherals: readonly Pick<Peripheral, 'kind' | 'state'>[]): GoingIn {
  const ofKind = (kind: Peripheral['kind']) => peripherals.filter((device) => device.kind === kind);
  const cameras = ofKind('camera');
  const microphones = ofKind('microphone');
  if (cameras.length + microphones.length === 0) return 'unknown';
  const hasAny = (devices: typeof cameras) => devices.some(({ state }) => state === 'working' || state === 'unknown');
  if (hasAny(microphones)) return hasAny(cameras) ? 'both' : 'microphoneOnly';
  return hasAny(cameras) ? 'cameraOnly' : 'neither';
}
