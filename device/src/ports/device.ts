import { z } from 'zod';
import type { Reading } from './reading.ts';

/** What is known of any device; each kind adds its own readings, null for what was never told. */
export type DeviceState = {
  /** It has answered lately. */
  isConnected: boolean;
  /** Who it says that it is: maker, model, version, in its own words. */
  identity: Reading<string> | null;
};

/** What every device of a room has in common, whatever its kind. */
export interface Device<Command, Capabilities, State extends DeviceState> extends AsyncDisposable {
  capabilities(): Capabilities;
  state(): State;
  /** Calls `listener` after each change of `state`; returns the end of it. */
  subscribe(listener: () => void): () => void;
  /**
   * Resolves once the device has done it, and what it is now was asked. Rejects with a `DriverError`; with the signal's
   * reason when that aborts, after which nothing more is sent of it.
   */
  run(command: Command, options: { signal: AbortSignal }): Promise<void>;
  /** Asks the device for everything in its state. Rejects like `run`. */
  refresh(options: { signal: AbortSignal }): Promise<void>;
}

/** How patient a driver is with its device; facts of the model. */
export const driverTiming = z.strictObject({
  /** An answer that has not come by then does not come. */
  answerWithinMs: z.int().min(50).max(60_000),
  /** What may have changed without a word is asked so often; so is whether a silent device is back. */
  askEveryMs: z.int().min(1_000).max(3_600_000),
});
export type DriverTiming = z.infer<typeof driverTiming>;
