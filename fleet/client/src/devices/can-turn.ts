import type { LocalMediaState } from '../media/local-media.ts';

/** A phone's: its camera says which way it looks, and there is another one. */
export function canTurn({ camera, facing, choices }: LocalMediaState): boolean {
  return camera.isOn && facing !== null && choices.camera.length > 1;
}
