import type { RoomPlan } from '@anteroom/shared/profile/installation.ts';
import type { ObservedDevice } from './observed.ts';

/** What the room's sensors tell; null for what nobody tells. */
export type Sensed = { isOccupied: boolean | null; isPartitionOpen: boolean | null };

/** Pure. A sensor that does not answer tells nothing; one that sees somebody outweighs those that do not. */
export function readSensors(
  { occupancy, partition }: Pick<RoomPlan, 'occupancy' | 'partition'>,
  observedOf: (device: string) => ObservedDevice | null,
): Sensed {
  const seen = occupancy.map(({ device, contact }) => tells(observedOf(device), contact));
  const isWallClosed = partition ? tells(observedOf(partition.device), partition.contact) : null;
  return {
    isOccupied: seen.includes(true) ? true : seen.includes(false) ? false : null,
    isPartitionOpen: isWallClosed === null ? null : !isWallClosed,
  };
}

function tells(observed: ObservedDevice | null, contact: string | undefined): boolean | null {
  if (!observed?.state.isConnected) return null;
  if (observed.kind === 'presenceSensor') return observed.state.isOccupied?.value ?? null;
  if (observed.kind === 'roomIo' && contact !== undefined) return observed.state.contacts[contact]?.value ?? null;
  return null;
}
