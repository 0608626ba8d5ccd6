import type { Clock } from '@anteroom/shared/time/clock.ts';

export type KeyFrameRequestsDeps = {
  /** Asks the sender; rejects when it cannot be asked any more. */
  ask(): Promise<void>;
  onFault(error: unknown): void;
  clock: Clock;
  /** Ends with the sender. */
  signal: AbortSignal;
};

/** A crowd that comes at once shares key frames, which take several times the bitrate of others. */
const pauseMs = 100;

/** Asks a sender for key frames on behalf of its receivers, at most once in 100 ms; nobody who asks is forgotten. */
export function createKeyFrameRequests({ ask, onFault, clock, signal }: KeyFrameRequestsDeps) {
  let isWanted = false;
  let isRunning = false;

  async function run(): Promise<void> {
    while (isWanted && !signal.aborted) {
      isWanted = false;
      await ask();
      await clock.sleep(pauseMs, { signal });
    }
  }

  return {
    request(): void {
      isWanted = true;
      if (isRunning) return;
      isRunning = true;
      run()
        .catch((error: unknown) => {
          if (!signal.aborted) onFault(error);
        })
        .finally(() => {
          isRunning = false;
        });
    },
  };
}
