import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { Hosting } from '../ports.ts';

/** Hosting without a database: remembers what it was told. */
export interface HostingSimulator extends Hosting {
  saves(): { isLocked: boolean; state: unknown }[];
  removals(): string[];
  letInIds(): ParticipantId[];
  ended(): number;
  /** The next extension is refused, as when another meeting follows. */
  refuseExtension(): void;
  failNext(): void;
}

export function createHostingSimulator(options: {
  onLetIn: (ids: readonly ParticipantId[]) => void;
}): HostingSimulator {
  const saves: { isLocked: boolean; state: unknown }[] = [];
  const removals: string[] = [];
  const letIn: ParticipantId[] = [];
  let ended = 0;
  let isExtensionRefused = false;
  let failsNext = false;

  function failIfTold(): void {
    if (!failsNext) return;
    failsNext = false;
    throw new Error('hosting simulator: told to fail');
  }

  return {
    saves: () => [...saves],
    removals: () => [...removals],
    letInIds: () => [...letIn],
    ended: () => ended,
    refuseExtension() {
      isExtensionRefused = true;
    },
    failNext() {
      failsNext = true;
    },
    async save(_meeting, saved) {
      failIfTold();
      saves.push(saved);
    },
    async remove(_meeting, holder) {
      failIfTold();
      removals.push(holder);
    },
    async letIn(_meeting, who) {
      failIfTold();
      letIn.push(...who);
      options.onLetIn(who);
    },
    async extend(_meeting, minutes) {
      failIfTold();
      if (isExtensionRefused) return null;
      return new Date(Date.parse('2026-01-05T10:00:00.000Z') + minutes * 60_000).toISOString();
    },
    async end() {
      failIfTold();
      ended += 1;
    },
  };
}
