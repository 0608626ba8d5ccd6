import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { DriverError } from '../../ports/driver-error.ts';
import { type GpioLines, gpioContact } from '../../ports/gpio-lines.ts';
import type { PresenceSensor, PresenceSensorState } from '../../ports/presence-sensor.ts';
import { watchContact } from './contact.ts';
import { lose, nextAtMs, nothingKnown, type Occupancy, occupancyTiming, pass, see } from './occupancy.ts';

/** A presence sensor whose contact, or output, is a line of a GPIO chip. It tells by itself and counts nobody. */
export const gpioPresenceFacts = z.strictObject({ contact: gpioContact, timing: occupancyTiming });
export type GpioPresenceFacts = z.infer<typeof gpioPresenceFacts>;

export type GpioPresenceDeps = { facts: GpioPresenceFacts; lines: GpioLines; clock: Clock; log: Logger };

export function createGpioPresence({ facts, lines, clock, log }: GpioPresenceDeps): PresenceSensor {
  const { contact, timing } = facts;
  const lifetime = new AbortController();
  const listeners = new Set<() => void>();
  let waits = new AbortController();
  let occupancy: Occupancy = nothingKnown;
  let state: PresenceSensorState = { isConnected: false, identity: null, isOccupied: null, people: null };

  function become(change: Partial<PresenceSensorState>): void {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  }

  /** Takes over what is so now, and comes back when time changes it. */
  function decide(now: Occupancy, source: 'answer' | 'report'): void {
    const isNews = now.isOccupied !== null && now.isOccupied !== occupancy.isOccupied;
    occupancy = now;
    if (isNews && now.isOccupied !== null)
      become({ isOccupied: { value: now.isOccupied, observedAt: clock.now().toISOString(), source } });
    waits.abort();
    waits = new AbortController();
    const dueAtMs = nextAtMs(now, timing);
    if (dueAtMs === null) return;
    const signal = AbortSignal.any([waits.signal, lifetime.signal]);
    clock.sleep(Math.max(0, dueAtMs - clock.monotonicMs()), { signal }).then(
      () => decide(pass(occupancy, clock.monotonicMs(), timing), source),
      () => undefined, // Something else came first.
    );
  }

  const watching = watchContact(
    {
      ...{ name: 'presence', contact, lines, clock, log },
      onLevel(isActive, source) {
        if (!state.isConnected) become({ isConnected: true });
        decide(see(occupancy, isActive, clock.monotonicMs(), timing), source);
      },
      onUnread() {
        become({ isConnected: false });
        decide(lose(occupancy), 'answer');
      },
    },
    lifetime,
  );

  return {
    capabilities: () => ({ countsPeople: false }),
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async run() {
      throw new DriverError('refused', 'a presence sensor cannot be told anything');
    },
    // The contact is watched: there is nothing more to ask.
    async refresh({ signal }) {
      signal.throwIfAborted();
      if (!state.isConnected) throw new DriverError('no_answer', 'the contact of the presence sensor cannot be read');
    },
    async [Symbol.asyncDispose]() {
      lifetime.abort(new DriverError('not_connected', 'the driver ends'));
      listeners.clear();
      await watching;
    },
  };
}
