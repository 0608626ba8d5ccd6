import type { DriverError } from './driver-error.ts';

/** What an exchange makes of a frame that came: nothing, a step on its way, or its end. */
export type Verdict<T> =
  | { is: 'foreign' }
  /** Its next step comes within `withinMs`. */
  | { is: 'progress'; withinMs: number }
  | { is: 'done'; value: T }
  | { is: 'failed'; error: DriverError }
  /** The frame is somebody else's and shows that this one's end was lost. */
  | { is: 'lost'; error: DriverError }
  /** The device had no room for it: to be sent again after `afterMs`. */
  | { is: 'again'; afterMs: number };

/**
 * One thing said to a device and what it answers, as a protocol has it. `take` looks at each frame that comes while the
 * exchange is under way; it may remember (which socket the device gave it), and begins anew with each call of `start`.
 */
export type Exchange<Frame, T> = {
  /** For people: `visca: recall preset 3`. */
  name: string;
  /** Bytes to send; called once for each try. */
  start(): Uint8Array;
  take(frame: Frame): Verdict<T>;
  /** From sending to the first step, or the end when there is none. */
  timeoutMs: number;
  /** Goes before what waits, and is not held back by what is under way. */
  isUrgent: boolean;
};
