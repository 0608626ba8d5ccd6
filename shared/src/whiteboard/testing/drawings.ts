import type { BoardElement } from '../element.ts';

const common = {
  index: 'a0',
  x: 0,
  y: 0,
  width: 100,
  height: 50,
  angle: 0,
  strokeColor: '#14191f',
  backgroundColor: 'transparent',
  fillStyle: 'solid' as const,
  strokeWidth: 2,
  strokeStyle: 'solid' as const,
  roughness: 1,
  roundness: null,
  opacity: 100,
  seed: 7,
  groupIds: [],
  frameId: null,
  boundElements: null,
  link: null,
  locked: false,
};

/** Drawings for tests: a box. */
export function box(
  id: string,
  change: Partial<Pick<BoardElement, 'index' | 'x' | 'strokeColor' | 'roundness'>> = {},
): BoardElement {
  return { ...common, id, type: 'rectangle', ...change };
}

/** A stroke of so many points. */
export function stroke(id: string, points: number, change: { x?: number; index?: string } = {}): BoardElement {
  return {
    ...common,
    ...change,
    id,
    type: 'freedraw',
    points: Array.from({ length: points }, (_, at): [number, number] => [at * 1.5, at * at * 0.25]),
    pressures: Array.from({ length: points }, () => 0.5),
    simulatePressure: false,
  };
}
