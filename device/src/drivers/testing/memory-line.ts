import type { Clock } from '@anteroom/shared/time/clock.ts';
import { DriverError } from '../../ports/driver-error.ts';
import type { Line, LineEvent } from '../../ports/line.ts';
import { createMischief, type Mischief } from '../../ports/mischief.ts';
import type { Controller, Conversation, SimulatedDevice } from '../../ports/simulated-device.ts';

/** A line in memory to a simulated device, with what can go wrong on a cable. It opens soon after it was made. */
export interface MemoryLine extends Line {
  mischief: Mischief;
  unplug(): void;
  plugIn(): void;
  /** Everything that was sent, in hexadecimal. */
  sent: string[];
}

export type MemoryLineDeps = {
  device: SimulatedDevice;
  /** A serial port stays open when the device has no power; a connection ends with it, and is made anew. */
  kind: 'serial' | 'connection';
  clock: Clock;
};

const reconnectAfterMs = 250;

export function createMemoryLine({ device, kind, clock }: MemoryLineDeps): MemoryLine {
  const listeners = new Set<(event: LineEvent) => void>();
  const ended = new AbortController();
  const mischief = createMischief({ clock, signal: ended.signal });
  const sent: string[] = [];
  let conversation: Conversation | null = null;
  let isPlugged = true;
  let life = 0;

  function tell(event: LineEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function open(): void {
    if (!isPlugged || ended.signal.aborted) return;
    life += 1;
    conversation = device.connect(controllerOf(life));
    tell({ type: 'opened' });
  }

  function leaveOff(which: number): void {
    if (which !== life || conversation === null) return;
    if (kind === 'serial') {
      // The port stays open; the device knows nothing of what was said before.
      conversation = device.connect(controllerOf(which));
      return;
    }
    close('the device closed the connection');
    clock.sleep(reconnectAfterMs, { signal: ended.signal }).then(open, () => undefined); // The line ended first.
  }

  /** What the device says to an earlier life of the line is lost. */
  function controllerOf(which: number): Controller {
    return {
      // As on a cable, nothing comes back before `send` has returned.
      send: (bytes) =>
        queueMicrotask(() =>
          mischief.pass(bytes, (reply) => {
            if (which === life && conversation !== null) tell({ type: 'received', bytes: reply });
          }),
        ),
      hangUp: () => queueMicrotask(() => leaveOff(which)),
    };
  }

  function close(reason: string): void {
    if (conversation === null) return;
    conversation.end();
    conversation = null;
    tell({ type: 'closed', reason });
  }

  // Datagrams go their own way: what goes wrong with the connection does not touch them.
  const deafenTo = device.subscribeNotices?.((bytes) =>
    queueMicrotask(() => {
      if (isPlugged) tell({ type: 'noticed', bytes });
    }),
  );
  queueMicrotask(open);
  return {
    ...{ name: 'memory line', mischief, sent },
    isOpen: () => conversation !== null,
    async send(bytes) {
      const current = conversation;
      if (!current) throw new DriverError('not_connected', 'memory line: it is unplugged');
      sent.push(Buffer.from(bytes).toString('hex'));
      queueMicrotask(() => (kind === 'serial' ? conversation : current)?.receive(bytes));
    },
    reopen() {
      leaveOff(life);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    unplug() {
      isPlugged = false;
      close('unplugged');
    },
    plugIn() {
      isPlugged = true;
      open();
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      deafenTo?.();
      isPlugged = false;
      close('closed for good');
    },
  };
}
