import type { Clock } from '@anteroom/shared/time/clock.ts';
import { z } from 'zod';
import type { Display } from '../../ports/display.ts';
import { DriverError } from '../../ports/driver-error.ts';
import { macPattern, magicPacket } from './codec.ts';

/**
 * Wakes a display whose network sleeps with it: before it is switched on, magic packets are sent until it answers. All
 * else goes to the display as it is.
 */
export const wakeOnLanFacts = z.strictObject({
  mac: z.string().regex(macPattern),
  secureOn: z.string().regex(macPattern).nullable(),
  /** From the first packet until it must have answered. */
  wakesWithinMs: z.int().min(1_000).max(180_000),
});
export type WakeOnLanFacts = z.infer<typeof wakeOnLanFacts>;

/** Sends a datagram to everybody on the display's network. */
export type Broadcast = (packet: Uint8Array) => Promise<void>;

export type WakingDisplayDeps = { display: Display; facts: WakeOnLanFacts; broadcast: Broadcast; clock: Clock };

/** A packet may be lost, and a card may be slow to listen. */
const againMs = 1_000;

export function createWakingDisplay({ display, facts, broadcast, clock }: WakingDisplayDeps): Display {
  const packet = magicPacket(facts.mac, facts.secureOn);

  async function wake(signal: AbortSignal): Promise<void> {
    const untilMs = clock.monotonicMs() + facts.wakesWithinMs;
    while (!display.state().isConnected) {
      if (clock.monotonicMs() >= untilMs) {
        throw new DriverError('no_answer', `wake ${facts.mac}: nothing in ${facts.wakesWithinMs} ms`);
      }
      await broadcast(packet);
      await clock.sleep(againMs, { signal });
    }
  }

  return {
    capabilities: () => display.capabilities(),
    state: () => display.state(),
    subscribe: (listener) => display.subscribe(listener),
    async run(command, options) {
      if (command.kind === 'setPower' && command.isOn) await wake(options.signal);
      await display.run(command, options);
    },
    refresh: (options) => display.refresh(options),
    [Symbol.asyncDispose]: () => display[Symbol.asyncDispose](),
  };
}
