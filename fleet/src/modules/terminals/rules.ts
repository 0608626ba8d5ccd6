import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import type { ReportedDocument } from '@anteroom/shared/protocol/desired.ts';
import { compareVersions, type Version } from '@anteroom/shared/protocol/envelope.ts';
import type { TerminalRow } from '../../db/schema.ts';

type Binding = Pick<TerminalRow, 'spaceId' | 'roomId' | 'retiredAt'>;

/** `assigned` is said by the terminal, not by a form: it has reported exactly this space and cloud room. */
export function stageOf(terminal: Binding, reported: ReportedDocument | undefined): Terminal['stage'] {
  if (terminal.retiredAt !== null) return 'retired';
  if (terminal.spaceId === null && terminal.roomId === null) return 'claimed';
  const hasBinding = reported?.spaceId === terminal.spaceId && reported.roomId === terminal.roomId;
  return hasBinding ? 'assigned' : 'assigning';
}

export function isConverged(desired: Version | undefined, reported: ReportedDocument | undefined): boolean {
  if (!desired || !reported?.converged) return false;
  return compareVersions(reported.converged, desired) === 0;
}

/** Whether somebody who presses Join in this room now would get into a meeting, as far as the fleet can tell. */
export function canJoin(
  terminal: Binding,
  evidence: { isOnline: boolean; reported: ReportedDocument | undefined },
): boolean {
  const { isOnline, reported } = evidence;
  if (!isOnline || !reported || terminal.roomId === null || stageOf(terminal, reported) !== 'assigned') return false;
  return reported.peripherals.every(({ state }) => state === 'working' || state === 'unknown');
}
