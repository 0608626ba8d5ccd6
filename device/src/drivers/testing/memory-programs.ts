import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { OpenConnection } from '../../ports/connection.ts';
import { createMischief, type Mischief } from '../../ports/mischief.ts';
import { runPlayed, runToEnd } from '../../ports/played-programs.ts';
import type { RunLines, RunProgram } from '../../ports/programs.ts';
import type { SimulatedDevice } from '../../ports/simulated-device.ts';

/** Programs in memory that reach a simulated device, with what can go wrong while they run. */
export interface MemoryPrograms extends AsyncDisposable {
  runLines: RunLines;
  runProgram: RunProgram;
  mischief: Mischief;
  /** What runs is killed, and nothing runs until it is plugged in again. */
  unplug(): void;
  plugIn(): void;
  /** What was run. */
  sent: string[];
}

export function createMemoryPrograms({ device, clock }: { device: SimulatedDevice; clock: Clock }): MemoryPrograms {
  const ended = new AbortController();
  const mischief = createMischief({ clock, signal: ended.signal });
  const running = new Set<(reason: string) => void>();
  const sent: string[] = [];
  let isPlugged = true;

  const open: OpenConnection = async ({ onBytes, onEnd }, { signal }) => {
    if (!isPlugged) throw new Error('No such device');
    const conversation = device.connect({
      send: (bytes) => mischief.pass(bytes, (heard) => (running.has(end) ? onBytes(heard) : undefined)),
      hangUp: () => end('the device has no power'),
    });
    function end(reason: string): void {
      if (!running.delete(end)) return;
      conversation.end();
      onEnd(reason);
    }
    running.add(end);
    signal.addEventListener('abort', () => end('it was stopped'), { once: true });
    return {
      async send(bytes) {
        sent.push(new TextDecoder().decode(bytes));
        conversation.receive(bytes);
      },
    };
  };

  function unplug(): void {
    isPlugged = false;
    for (const end of [...running]) end('it was unplugged');
  }

  const run = runPlayed(open);
  return {
    ...{ runLines: run, runProgram: runToEnd({ run, clock }), mischief, sent, unplug },
    plugIn() {
      isPlugged = true;
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      unplug();
    },
  };
}
