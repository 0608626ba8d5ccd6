import type { RoomRow } from '../../db/schema.ts';
import { covers, type PaidLine } from './rules.ts';

/** Which paid order stands behind a cloud room, and until when. */
export type BoundRoom = Pick<RoomRow, 'id' | 'capacity' | 'orderLineId'>;

/** What a decision needs: paid lines that give cloud rooms, and the organization's rooms with the lines they are made of. */
export type RoomStock = { lines: readonly PaidLine[]; rooms: readonly BoundRoom[] };

/**
 * The line that covers the room at an instant: its own, or else one with a cloud room to spare that is large enough, the
 * smallest such first. So an order that continues an earlier one takes its rooms over by itself.
 */
export function lineFor(room: BoundRoom, { lines, rooms }: RoomStock, at: Date): PaidLine | undefined {
  const fitting = lines.filter((line) => line.kind === 'room' && covers(line, at));
  const own = fitting.find(({ id }) => id === room.orderLineId);
  return own ?? spareLine(fitting, rooms, room.capacity);
}

/** A line with a cloud room of that capacity to spare; the smallest, then the one that lasts longest. */
export function spareLine(
  fitting: readonly PaidLine[],
  rooms: readonly BoundRoom[],
  capacity: number,
): PaidLine | undefined {
  return fitting
    .filter((line) => (line.capacity ?? 0) >= capacity)
    .filter(({ id, quantity }) => rooms.filter((room) => room.orderLineId === id).length < quantity)
    .sort((a, b) => (a.capacity ?? 0) - (b.capacity ?? 0) || (a.endAt < b.endAt ? 1 : -1))[0];
}

/** Until when the room is covered without a gap from `at` on; null when it is not even then. */
export function coveredUntil(room: BoundRoom, stock: RoomStock, at: Date): string | null {
  let until: string | null = null;
  for (let from = at; ; ) {
    const line = lineFor(room, stock, from);
    if (!line) return until;
    until = line.endAt;
    from = new Date(line.endAt);
  }
}
