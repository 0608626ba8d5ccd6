import type { Clock } from '@anteroom/shared/time/clock.ts';
import { DriverError } from '../../ports/driver-error.ts';
import type { Line, LineEvent } from '../../ports/line.ts';
import type { SimulatedDevice } from '../../ports/simulated-device.ts';
import { createMischief, type Mischief } from './mischief.ts';

/** A line in memory to a simulated device, with what can go wrong on a cable. */
export interface MemoryLine extends Line {
  mischief: Mischief;
  unplug(): void;
  plugIn(): void;
  /** Everything that was sent, in hexadecimal. */
  sent: string[];
}

export function createMemoryLine({ device, clock }: { device: SimulatedDevice; clock: Clock }): MemoryLine {
  const listeners = new Set<(event: LineEvent) => void>();
  const ended = new AbortController();
  const mischief = createMischief({ clock, signal: ended.signal });
  const sent: string[] = [];
  let isPlugged = true;

  function tell(event: LineEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  return {
    ...{ name: 'memory line', mischief, sent },
    isOpen: () => isPlugged,
    async send(bytes) {
      if (!isPlugged) throw new DriverError('not_connected', 'memory line: it is unplugged');
      sent.push(Buffer.from(bytes).toString('hex'));
      const deliver = (reply: Uint8Array) => {
        if (isPlugged) tell({ type: 'received', bytes: reply });
      };
      // As on a cable, nothing comes back before `send` has returned.
      queueMicrotask(() => device.receive(bytes, (reply) => mischief.pass(reply, deliver)));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    unplug() {
      isPlugged = false;
      tell({ type: 'closed', reason: 'unplugged' });
    },
    plugIn() {
      isPlugged = true;
      tell({ type: 'opened' });
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      if (isPlugged) this.unplug();
    },
  };
}
