import type { DriverFault } from '@anteroom/shared/panel/devices.ts';

/** The message names device, command and numbers, for a log and for the panel's device page. */
export class DriverError extends Error {
  readonly fault: DriverFault;
  constructor(fault: DriverFault, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'DriverError';
    this.fault = fault;
  }
}
