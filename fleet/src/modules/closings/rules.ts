import type { ClosingRow } from '../../db/tables/closings.ts';

const dayMs = 86_400_000;
/** Administrators are reminded this many days before the organization is closed. */
const reminderDays = [7, 1];

/** How many reminders should have left by now. */
export function remindersDue({ effectiveAt }: Pick<ClosingRow, 'effectiveAt'>, now: Date): number {
  const leftMs = Date.parse(effectiveAt) - now.getTime();
  return reminderDays.filter((days) => leftMs <= days * dayMs).length;
}
