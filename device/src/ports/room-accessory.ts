import type { PanelDevice } from '@anteroom/shared/panel/devices.ts';
import type { RoomDevice } from './room-device.ts';

/** A device of the installation as it was found at the start. */
export type RoomAccessory = {
  name: string;
  title: PanelDevice['title'];
  /** Where it hangs, as the installation says it. */
  address: string;
  /** Null for what tells each change by itself. */
  askEveryMs: number | null;
  kind: PanelDevice['kind'];
  /** Driven, or why it is not, in words. */
  found: { room: RoomDevice; isLineOpen(): boolean } | { why: string };
};
