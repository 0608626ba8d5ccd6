import { type CommandId, newId } from '@anteroom/shared/ids.ts';
import type { OutcomeResult } from '@anteroom/shared/protocol/commands.ts';
import type { CommandMessage } from '@anteroom/shared/protocol/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Ledger, Outcome } from './ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { CommandResult, LinkHandlers } from './link.ts';
import type { ServerClock } from './server-clock.ts';

/** Wait before an outcome that the disk refused is written again. */
const recordAgainMs = 1_000;
const longestDetail = 500;

export type CommandRunner = ReturnType<typeof createCommandRunner>;

/**
 * Acts on each command at most once: `started` is on disk before the handler is called, and whatever was started and has
 * no outcome when the agent starts again was interrupted, and is not run again.
 */
export function createCommandRunner(deps: {
  ledger: Ledger;
  store: LedgerStore;
  serverClock: ServerClock;
  clock: Clock;
  log: Logger;
  execute: LinkHandlers['execute'];
  /** The outcome of a settled command, for a fleet that asks again because it lost it. */
  sendAgain: (commandId: CommandId, outcome: Outcome) => void;
  onRecorded: () => void;
  signal: AbortSignal;
}) {
  const { ledger, store, serverClock, clock, log, execute, sendAgain, onRecorded, signal } = deps;
  /** Commands between their arrival and their record in the ledger. */
  const taken = new Set<CommandId>();
  const running = new Set<Promise<void>>();

  function outcomeOf(result: OutcomeResult, detail: string): Outcome {
    const finishedAt = serverClock.now();
    const short = detail.length > longestDetail ? `${detail.slice(0, longestDetail - 1)}…` : detail;
    return { messageId: newId('message', finishedAt), result, detail: short, finishedAt: finishedAt.toISOString() };
  }

  async function finish(commandId: CommandId, deadlineAt: string, outcome: Outcome): Promise<void> {
    await store.record([{ op: 'finished', commandId, deadlineAt, outcome, isSettled: false }]);
    onRecorded();
  }

  /** What was acted on has to be told, whatever the disk says now; if the agent dies before, it was interrupted. */
  async function finishStubbornly(commandId: CommandId, deadlineAt: string, outcome: Outcome): Promise<void> {
    for (;;) {
      try {
        await finish(commandId, deadlineAt, outcome);
        return;
      } catch (error) {
        log.error({ err: error, commandId }, 'outcome not written to disk; trying again');
        await clock.sleep(recordAgainMs, { signal });
      }
    }
  }

  async function act(message: CommandMessage): Promise<CommandResult | null> {
    try {
      return await execute(message.request, { commandId: message.commandId, signal });
    } catch (error) {
      if (signal.aborted) return null;
      log.error({ err: error, commandId: message.commandId, kind: message.request.kind }, 'command failed');
      return { result: 'failed', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  async function run(message: CommandMessage): Promise<void> {
    const { commandId, deadlineAt } = message;
    const isLate = () => serverClock.now() > new Date(deadlineAt);
    const late = 'The command arrived after its deadline.';
    if (isLate()) {
      await finish(commandId, deadlineAt, outcomeOf('expired', late));
      return;
    }
    await store.record([{ op: 'started', commandId, deadlineAt }]);
    if (isLate()) {
      await finishStubbornly(commandId, deadlineAt, outcomeOf('expired', late));
      return;
    }
    const result = await act(message);
    if (!result) return;
    await finishStubbornly(commandId, deadlineAt, outcomeOf(result.result, result.detail));
    result.afterRecorded?.();
  }

  function track(commandId: CommandId, work: Promise<void>): void {
    const task = work
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error, commandId }, 'command not recorded');
      })
      .finally(() => running.delete(task));
    running.add(task);
  }

  return {
    /** Gives what the agent before this one left unfinished its outcome, as soon as the disk takes it. */
    recover(): void {
      for (const { commandId, deadlineAt } of ledger.unfinished()) {
        const outcome = outcomeOf('interrupted', 'The terminal’s agent stopped while it ran this command.');
        track(commandId, finishStubbornly(commandId, deadlineAt, outcome));
      }
    },

    receive(message: CommandMessage): void {
      const { commandId } = message;
      // Until the fleet's time is known, no deadline can be judged; the fleet sends the command again.
      if (!serverClock.isKnown() || signal.aborted) return;
      const known = ledger.command(commandId);
      if (known?.state === 'finished' && known.isSettled) sendAgain(commandId, known.outcome);
      if (known || taken.has(commandId)) return;
      taken.add(commandId);
      track(
        commandId,
        run(message).finally(() => taken.delete(commandId)),
      );
    },

    /** Resolves when no command runs. */
    async idle(): Promise<void> {
      await Promise.all(running);
    },
  };
}
