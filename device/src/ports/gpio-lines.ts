import { z } from 'zod';

/** A line of a GPIO chip, by its offset. `isActiveLow`: low is on, or closed. */
export const gpioOutput = z.strictObject({ line: z.int().min(0).max(511), isActiveLow: z.boolean() });
export type GpioOutput = z.infer<typeof gpioOutput>;

/** `bias`: what the chip pulls an open line to; a contact to ground needs `pullUp`. */
export const gpioContact = gpioOutput.extend({ bias: z.enum(['none', 'pullUp', 'pullDown']) });
export type GpioContact = z.infer<typeof gpioContact>;

/** An output that is held on its level as long as this lives. */
export interface HeldOutput extends AsyncDisposable {
  /** Resolves with the reason when it is held no more. */
  lost: Promise<unknown>;
}

/** The lines of one GPIO chip, through whatever the kernel offers them. A line has one user at a time. */
export interface GpioLines {
  /**
   * What the contact is now, then each change: true while it is closed, or active. Throws when the line cannot be read, or
   * not any more.
   */
  watch(contact: GpioContact, options: { signal: AbortSignal }): AsyncIterable<boolean>;
  /** Resolves once the output is on its level; rejects when it cannot be had. */
  hold(output: GpioOutput, isOn: boolean, options: { signal: AbortSignal }): Promise<HeldOutput>;
}
