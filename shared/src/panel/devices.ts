import { z } from 'zod';
import { instant } from '../protocol/envelope.ts';
import { type LocalizedText, language } from '../text.ts';

/**
 * What the panel's device page shows: the devices that stand beside the terminal, what each says that it is, what the room
 * wants of it and why. One document, pushed whole by server-sent events (GET /api/devices, event `devices`) while somebody
 * looks.
 */
export const devicePropertyKind = z.enum([
  // displays and cameras: 'on' | 'standby' | 'warmingUp' | 'coolingDown', of which the first two can be wanted
  'power',
  // as the profile names it
  'input',
  // 0…1
  'volume',
  // true while nothing is heard
  'mute',
  // true while the picture is dark and the device on
  'blank',
  // a camera's number, a sound processor's name; what was last recalled
  'preset',
  // cameras: "pan, tilt" in degrees is two rows, right and up positive
  'pan',
  'tilt',
  // 0 (wide) … 1 (tele)
  'zoom',
  // sound processors, of a channel: decibels
  'gain',
  // switchers, of an output: the input's number; 0 is nothing
  'route',
  // relays and lamps, of an output: true while on; contacts, of a contact: true while closed
  'output',
  'contact',
  // presence sensors: true while somebody is there; how many
  'occupancy',
  'people',
  // what the device itself says is wrong with it, in words of the document's language; empty when nothing is
  'ailments',
]);
export type DevicePropertyKind = z.infer<typeof devicePropertyKind>;

export const propertyValue = z.union([z.string().max(200), z.number(), z.boolean()]);
export type PropertyValue = z.infer<typeof propertyValue>;

/** A property of a device; `of` names its channel, output or contact where it has several of the kind. */
export const deviceProperty = z.object({ kind: devicePropertyKind, of: z.string().max(100).nullable() });
export type DeviceProperty = z.infer<typeof deviceProperty>;

/** Why the room wants what it wants. The screens have the words. */
export const roomReason = z.enum([
  'meetingSoon',
  'inMeeting',
  'contentShared',
  'occupied',
  'idle',
  'quietHours',
  'microphoneOpen',
  'microphoneClosed',
  'roomBusy',
  'roomFree',
  'partitionOpen',
  'partitionClosed',
  'layout',
  // somebody set it on this page, until the room's situation changes
  'byHand',
]);
export type RoomReason = z.infer<typeof roomReason>;

/** What may be set of a property by hand; readings, wishes and choices of one row speak of the same values. */
export const propertyChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('switch') }),
  z.object({ kind: z.literal('oneOf'), values: z.array(propertyValue) }),
  z.object({ kind: z.literal('range'), least: z.number(), most: z.number(), step: z.number() }),
]);
export type PropertyChoice = z.infer<typeof propertyChoice>;

export const deviceRow = z.object({
  property: deviceProperty,
  /** What the device said last, with its age and origin; null for what it never told. */
  reading: z.object({ value: propertyValue, observedAt: instant, source: z.enum(['answer', 'report']) }).nullable(),
  /** What the room wants it to be, and why; null when the room does not care. */
  wish: z.object({ value: propertyValue, reason: roomReason }).nullable(),
  /** Null for what is only read. */
  choice: propertyChoice.nullable(),
});
export type DeviceRow = z.infer<typeof deviceRow>;

/**
 * What can go wrong between a driver and its device. Who can end it differs: `not_connected` a plug, `no_answer` the
 * device's power, `refused` and `not_now` whoever asked, `queue_full` whoever asks too fast.
 */
export const driverFaults = [
  /** The line is closed: unplugged, refused, or not reached. */
  'not_connected',
  /** Nothing came within the command's time. */
  'no_answer',
  /** The device does not know the command, or not this value of it. */
  'refused',
  /** Right command, wrong moment: standby, warming up, a menu is open. */
  'not_now',
  /** The device is busy with others, also after it was asked again. */
  'busy',
  /** The device itself says that it is broken. */
  'device_failed',
  /** It answered what its protocol does not have. */
  'nonsense',
  /** More waits for this line than it may. */
  'queue_full',
] as const;
export type DriverFault = (typeof driverFaults)[number];

/** Why the last step of the loop did not work; the words of the driver stand beside the closed list. */
export const deviceFault = z.object({
  kind: z.enum([...driverFaults, 'unexpected']),
  detail: z.string(),
  since: instant,
});
export type DeviceFault = z.infer<typeof deviceFault>;

export const panelDevice = z.object({
  /** Its name in the installation. */
  name: z.string(),
  kind: z.enum(['camera', 'display', 'audioProcessor', 'switcher', 'roomIo', 'presenceSensor']),
  title: z.object({ en: z.string(), 'zh-CN': z.string() }),
  /** Where it hangs, as the installation says it: `serial:/dev/…`, `tcp:192.0.2.4`. */
  address: z.string(),
  isConnected: z.boolean(),
  /**
   * So often it is asked what it is; a reading older than twice that is no evidence. Null for what tells each change by
   * itself: what it told stands as long as it is connected.
   */
  askEveryMs: z.int().min(1).nullable(),
  /** Who it says that it is. */
  identity: z.string().nullable(),
  rows: z.array(deviceRow),
  fault: deviceFault.nullable(),
});
export type PanelDevice = z.infer<typeof panelDevice>;

export const panelDevices = z.object({
  serverTime: instant,
  language,
  devices: z.array(panelDevice),
});
export type PanelDevices = z.infer<typeof panelDevices>;

/** POST /api/devices/touches, answered 202 with nothing; the effect shows in the document. */
export const deviceTouch = z.discriminatedUnion('kind', [
  /** Wants it so, above what the room wants, until the room's situation changes or `release`. */
  z.strictObject({ kind: z.literal('set'), device: z.string(), property: deviceProperty, value: propertyValue }),
  /** Lets the room decide again. */
  z.strictObject({ kind: z.literal('release'), device: z.string() }),
  /** Asks the device now for everything that it is. */
  z.strictObject({ kind: z.literal('ask'), device: z.string() }),
]);
export type DeviceTouch = z.infer<typeof deviceTouch>;

/** Why a touch on the device page is not followed. */
export const deviceTouchRefusals = {
  device_unknown: { en: 'This room has no such device.', 'zh-CN': '本室没有此设备。' },
  not_settable: { en: 'This can only be read.', 'zh-CN': '此项只能查看。' },
  value_unknown: { en: 'The device does not have this value.', 'zh-CN': '设备没有这个值。' },
} as const satisfies Record<string, LocalizedText>;
export type DeviceTouchRefusal = keyof typeof deviceTouchRefusals;
