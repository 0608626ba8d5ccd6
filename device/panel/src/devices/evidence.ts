import type { DeviceRow, PanelDevice, PanelDevices } from '@anteroom/shared/panel/devices.ts';

/** What may be believed of a device: nothing works, and nothing is green, without recent evidence. */
export type Standing = 'works' | 'impaired' | 'silent' | 'unknown';

type Reading = NonNullable<DeviceRow['reading']>;

/** Whether a reading may no longer be so: its device does not answer, or was to be asked twice since. */
export function isStale({ isConnected, askEveryMs }: PanelDevice, { observedAt }: Reading, now: Date): boolean {
  if (!isConnected) return true;
  return askEveryMs !== null && now.getTime() - Date.parse(observedAt) > 2 * askEveryMs;
}

export function standingOf(device: PanelDevice, now: Date): Standing {
  const { isConnected, fault, rows } = device;
  if (!isConnected || fault?.kind === 'not_connected' || fault?.kind === 'no_answer') return 'silent';
  if (fault !== null || rows.some(isAiling)) return 'impaired';
  return rows.some(({ reading }) => reading !== null && !isStale(device, reading, now)) ? 'works' : 'unknown';
}

export function isAiling({ property, reading }: DeviceRow): boolean {
  return property.kind === 'ailments' && reading !== null && reading.value !== '';
}

/** How many need somebody, and of how many nothing is known. */
export function countStandings({ devices }: PanelDevices, now: Date): { trouble: number; unknown: number } {
  const standings = devices.map((device) => standingOf(device, now));
  return {
    trouble: standings.filter((one) => one === 'impaired' || one === 'silent').length,
    unknown: standings.filter((one) => one === 'unknown').length,
  };
}

/** The newest of its readings; undefined while it has told nothing. */
export function lastHeardAt({ rows }: PanelDevice): string | undefined {
  return rows
    .flatMap(({ reading }) => reading?.observedAt ?? [])
    .sort()
    .at(-1);
}
