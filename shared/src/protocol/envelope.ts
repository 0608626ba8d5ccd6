import { z } from 'zod';
import { messageId } from '../ids.ts';

/** Instants on the wire: ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof instant>;

/** Version of a desired document: a database that is restored from a backup starts a higher epoch. */
export const version = z.object({ epoch: z.int().min(0), n: z.int().min(0) });
export type Version = z.infer<typeof version>;

/** Negative when `a` is older than `b`, 0 when equal, positive when newer. */
export function compareVersions(a: Version, b: Version): number {
  return a.epoch - b.epoch || a.n - b.n;
}

/** What every MQTT message bears: protocol version, own id (consumers drop duplicates by it), and when it was made. */
export const envelope = z.object({ v: z.int().min(1), id: messageId, at: instant });
