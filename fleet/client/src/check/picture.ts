/** One look at the camera's picture: how many frames came so far, and the light of its points, 0…255. */
export type PictureLook = { frames: number; darkest: number; brightest: number };
export type Seen = 'picture' | 'still' | 'black';

/** Cameras give 5 frames a second in the dark; over the looks at least so many have to come. */
const leastFrames = 3;
/** A lens cap is not wholly black: sensors make noise. */
const blackBelow = 24;
const flatBelow = 12;

export function see(looks: readonly PictureLook[]): Seen {
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last || last.frames - first.frames < leastFrames) return 'still';
  const isBlack = looks.every(({ darkest, brightest }) => brightest < blackBelow && brightest - darkest < flatBelow);
  return isBlack ? 'black' : 'picture';
}
