import { type CommandId, commandId, type MessageId, messageId } from '@anteroom/shared/ids.ts';
import { outcomeResult } from '@anteroom/shared/protocol/commands.ts';
import { instant } from '@anteroom/shared/protocol/envelope.ts';
import { eventMessage } from '@anteroom/shared/protocol/messages.ts';
import { z } from 'zod';

/**
 * What the terminal must remember over a crash: which commands it started and how they ended, and which messages the
 * fleet has not stored yet. The journal on disk is a list of these records; the ledger is what they add up to.
 */

const outcome = z.object({
  messageId,
  result: outcomeResult,
  detail: z.string().max(500),
  finishedAt: instant,
});
export type Outcome = z.infer<typeof outcome>;

const storedEvent = z.object({
  messageId,
  kind: eventMessage.shape.kind,
  detail: eventMessage.shape.detail,
  at: instant,
});
export type StoredEvent = z.infer<typeof storedEvent>;

export const ledgerRecord = z.discriminatedUnion('op', [
  z.object({ op: z.literal('started'), commandId, deadlineAt: instant }),
  z.object({ op: z.literal('finished'), commandId, deadlineAt: instant, outcome, isSettled: z.boolean() }),
  z.object({ op: z.literal('event'), event: storedEvent }),
  /** The fleet has stored these messages, or they were given up. */
  z.object({ op: z.literal('settled'), messageIds: z.array(messageId) }),
]);
export type LedgerRecord = z.infer<typeof ledgerRecord>;

export type CommandState =
  | { state: 'started'; deadlineAt: string }
  | { state: 'finished'; deadlineAt: string; outcome: Outcome; isSettled: boolean };

export type PendingMessage =
  | { channel: 'outcome'; messageId: MessageId; commandId: CommandId; outcome: Outcome }
  | { channel: 'event'; messageId: MessageId; event: StoredEvent };

/** Settled commands that are remembered even past their deadline, to know a late duplicate again. */
const mostPastCommands = 2_000;
/** Events waiting for the fleet; past this the oldest is given up. Outcomes never are. */
const mostPendingEvents = 2_000;

export type Ledger = ReturnType<typeof createLedger>;

export function createLedger() {
  const commands = new Map<CommandId, CommandState>();
  const pending = new Map<MessageId, PendingMessage>();
  let pendingEvents = 0;

  function settle(id: MessageId): void {
    const message = pending.get(id);
    if (!message) return;
    pending.delete(id);
    if (message.channel === 'event') {
      pendingEvents -= 1;
      return;
    }
    const command = commands.get(message.commandId);
    if (command?.state === 'finished') commands.set(message.commandId, { ...command, isSettled: true });
  }

  function apply(record: LedgerRecord): void {
    switch (record.op) {
      case 'started':
        if (!commands.has(record.commandId))
          commands.set(record.commandId, { state: 'started', deadlineAt: record.deadlineAt });
        return;
      case 'finished': {
        const { commandId: id, deadlineAt, outcome: ended, isSettled } = record;
        if (commands.get(id)?.state === 'finished') return;
        commands.set(id, { state: 'finished', deadlineAt, outcome: ended, isSettled });
        if (!isSettled) {
          pending.set(ended.messageId, {
            channel: 'outcome',
            messageId: ended.messageId,
            commandId: id,
            outcome: ended,
          });
        }
        return;
      }
      case 'event':
        pending.set(record.event.messageId, {
          channel: 'event',
          messageId: record.event.messageId,
          event: record.event,
        });
        pendingEvents += 1;
        return;
      case 'settled':
        for (const id of record.messageIds) settle(id);
        return;
    }
  }

  return {
    apply,
    command: (id: CommandId): CommandState | undefined => commands.get(id),
    /** Messages that the fleet has not stored, oldest first. */
    pending: (): Iterable<PendingMessage> => pending.values(),
    isPending: (id: MessageId): boolean => pending.has(id),
    /** Commands that were started and have no outcome: after a restart, they were interrupted. */
    unfinished: (): { commandId: CommandId; deadlineAt: string }[] =>
      [...commands].flatMap(([id, command]) =>
        command.state === 'started' ? [{ commandId: id, deadlineAt: command.deadlineAt }] : [],
      ),
    /** The event to give up before another is added; null while there is room. */
    eventToGiveUp(): MessageId | null {
      if (pendingEvents < mostPendingEvents) return null;
      for (const message of pending.values()) if (message.channel === 'event') return message.messageId;
      return null;
    },
    /** Forgets settled commands beyond the newest ones whose deadline is past: a duplicate of them is refused as late. */
    forgetPast(serverNow: Date): void {
      let surplus = commands.size - mostPastCommands;
      for (const [id, command] of commands) {
        if (surplus <= 0) return;
        if (command.state !== 'finished' || !command.isSettled || new Date(command.deadlineAt) > serverNow) continue;
        commands.delete(id);
        surplus -= 1;
      }
    },
    size: () => commands.size + pendingEvents,
    /** The fewest records that add up to this ledger. */
    records(): LedgerRecord[] {
      const ofCommands = [...commands].map(([id, command]): LedgerRecord => {
        const { deadlineAt } = command;
        if (command.state === 'started') return { op: 'started', commandId: id, deadlineAt };
        return {
          op: 'finished',
          commandId: id,
          deadlineAt,
          outcome: command.outcome,
          isSettled: command.isSettled,
        };
      });
      const ofEvents = [...pending.values()].flatMap((message): LedgerRecord[] =>
        message.channel === 'event' ? [{ op: 'event', event: message.event }] : [],
      );
      return [...ofCommands, ...ofEvents];
    },
  };
}
