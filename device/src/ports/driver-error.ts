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

/** The message names device, command and numbers, for a log and for the panel's device page. */
export class DriverError extends Error {
  readonly fault: DriverFault;
  constructor(fault: DriverFault, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'DriverError';
    this.fault = fault;
  }
}
