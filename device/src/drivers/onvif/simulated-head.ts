import type { Clock } from '@anteroom/shared/time/clock.ts';

/** A head in ONVIF's generic spaces, which takes its time: where each axis is follows from when it set out. */
export type Axis = 'pan' | 'tilt' | 'zoom';
export type Place = Readonly<Record<Axis, number>>;

export interface SimulatedHead {
  place(): Place;
  isMoving(axis: Axis): boolean;
  /** With a speed from −1 to 1, for so long at most; the axes that are not named go on as they were. */
  drive(speeds: Partial<Place>, forMs: number): void;
  /** In the time that a movement takes; null where that is beyond its ends. */
  goTo(place: Partial<Place>): true | null;
  stop(axes: readonly Axis[]): void;
  /** Somebody’s hand. */
  put(place: Partial<Place>): void;
}

type Motion = { from: number; to: number; startMs: number; endMs: number };

const ends: Readonly<Record<Axis, { least: number; most: number }>> = {
  pan: { least: -1, most: 1 },
  tilt: { least: -1, most: 1 },
  zoom: { least: 0, most: 1 },
};
const axes = ['pan', 'tilt', 'zoom'] as const;

export function createSimulatedHead({ moveMs, clock }: { moveMs: number; clock: Clock }): SimulatedHead {
  const rest = (at: number): Motion => ({ from: at, to: at, startMs: 0, endMs: 0 });
  const motions: Record<Axis, Motion> = { pan: rest(0), tilt: rest(0), zoom: rest(0) };

  function at(axis: Axis): number {
    const { from, to, startMs, endMs } = motions[axis];
    const nowMs = clock.monotonicMs();
    return nowMs >= endMs ? to : from + ((to - from) * (nowMs - startMs)) / (endMs - startMs);
  }

  function setOut(axis: Axis, to: number, takesMs: number): void {
    const startMs = clock.monotonicMs();
    motions[axis] = { from: at(axis), to, startMs, endMs: startMs + takesMs };
  }

  const each = (place: Partial<Place>, act: (axis: Axis, value: number) => void) => {
    for (const axis of axes) {
      const value = place[axis];
      if (value !== undefined) act(axis, value);
    }
  };

  return {
    place: () => ({ pan: at('pan'), tilt: at('tilt'), zoom: at('zoom') }),
    isMoving: (axis) => clock.monotonicMs() < motions[axis].endMs,
    drive(speeds, forMs) {
      each(speeds, (axis, speed) => {
        const { least, most } = ends[axis];
        const perMs = (Math.abs(speed) * (most - least)) / moveMs;
        const toTheEnd = speed > 0 ? most - at(axis) : at(axis) - least;
        const way = Math.min(toTheEnd, perMs * forMs);
        setOut(axis, at(axis) + Math.sign(speed) * way, perMs === 0 ? 0 : way / perMs);
      });
    },
    goTo(place) {
      const isBeyond = axes.some((axis) => {
        const value = place[axis] ?? at(axis);
        return !(value >= ends[axis].least && value <= ends[axis].most);
      });
      if (isBeyond) return null;
      each(place, (axis, value) => setOut(axis, value, moveMs));
      return true;
    },
    stop(which) {
      for (const axis of which) setOut(axis, at(axis), 0);
    },
    put: (place) => each(place, (axis, value) => setOut(axis, value, 0)),
  };
}
