import type { AccessoryProfile } from '@anteroom/shared/profile/accessory.ts';
import type { ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { protocols } from '../drivers/registry.ts';
import { DriverError } from '../ports/driver-error.ts';
import type { Line, LineEvent } from '../ports/line.ts';
import { type Capture, fromHex, toHex } from './capture.ts';
import { readWish } from './words.ts';

/** What the driver said when it heard what it heard then, and what it made of it; to be compared with the capture. */
export type Replayed = { said: string[]; state: unknown };

/** Plays the device's part of a capture to today's driver, in the time that it took. */
export async function replay(
  capture: Capture,
  deps: { profile: AccessoryProfile; clock: ManualClock },
): Promise<Replayed> {
  const { profile, clock } = deps;
  const listeners = new Set<(event: LineEvent) => void>();
  const said: string[] = [];
  let isOpen = false;
  const line: Line = {
    name: `capture of ${profile.name}`,
    isOpen: () => isOpen,
    // When it closes is the capture's to say.
    reopen: () => undefined,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async send(bytes) {
      if (!isOpen) throw new DriverError('not_connected', 'the line of the capture is closed');
      said.push(toHex(bytes));
    },
    async [Symbol.asyncDispose]() {
      listeners.clear();
    },
  };
  const tell = (event: LineEvent) => {
    if (event.type === 'opened' || event.type === 'closed') isOpen = event.type === 'opened';
    for (const listener of [...listeners]) listener(event);
  };

  const wire = profile.lines.find(({ transport }) => transport === capture.head.transport);
  const model = protocols[profile.protocol]?.read(profile.facts);
  if (!wire || model?.over !== 'line')
    throw new Error(`${profile.name} is not reached over ${capture.head.transport} any more`);
  const log = pino({ level: 'silent' });
  const accessory = model.drive({ line, wire, user: '', password: '', clock, log });
  await using _driven = accessory.device;
  const signal = new AbortController().signal;
  const asked: Promise<unknown>[] = [];
  let elapsedMs = 0;
  for (const event of capture.events) {
    await clock.advance(event.atMs - elapsedMs);
    elapsedMs = event.atMs;
    switch (event.event) {
      case 'opened':
        tell({ type: 'opened' });
        break;
      case 'closed':
        tell({ type: 'closed', reason: event.reason });
        break;
      case 'heard':
        tell({ type: 'received', bytes: fromHex(event.hex) });
        break;
      case 'noticed':
        tell({ type: 'noticed', bytes: fromHex(event.hex) });
        break;
      case 'asked': {
        const wish = readWish(event.words, accessory);
        const asking = wish.kind === 'ask' ? accessory.device.refresh({ signal }) : wish.run({ signal });
        // Whether it came to an end shows in the state.
        asked.push(Promise.allSettled([asking]));
        break;
      }
      case 'said':
      case 'ended':
        break; // To be compared, not played.
    }
    // What was heard is taken in before anything else happens.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { said, state: valuesOf(accessory.device.state()) };
}

/** A state without the instants of its readings, which are another day's. */
export function valuesOf(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state, (key, value: unknown) => (key === 'observedAt' ? undefined : value)));
}
