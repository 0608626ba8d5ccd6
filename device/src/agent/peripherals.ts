import type { Peripheral } from '@anteroom/shared/protocol/desired.ts';
import type { Peripheral as ObservedPeripheral } from '../ports/media.ts';

/** The newest word on each device, with its age; a change is told once, and so is that it was seen again. */
export interface Peripherals {
  list(): readonly Peripheral[];
  observe(seen: ObservedPeripheral): void;
}

export function createPeripherals(deps: {
  serverNow(): Date;
  onChange(changed: Peripheral): void;
  onSeenAgain(): void;
}): Peripherals {
  const known = new Map<Peripheral['kind'], Peripheral>();
  return {
    list: () => [...known.values()],
    observe({ kind, name, state }) {
      const before = known.get(kind);
      const peripheral = { kind, name, state, observedAt: deps.serverNow().toISOString() };
      known.set(kind, peripheral);
      if (before?.name === name && before.state === state) deps.onSeenAgain();
      else deps.onChange(peripheral);
    },
  };
}
