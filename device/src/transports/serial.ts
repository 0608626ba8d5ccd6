import { SerialPort } from 'serialport';
import type { OpenConnection } from '../ports/connection.ts';

/** How a serial port is set, as the manual of the device has it. */
export type SerialSettings = {
  /**
   * The port by a name that stays with it, as those in /dev/serial/by-id: `ttyUSB0` is another port after the next start
   * of the machine.
   */
  path: string;
  baudRate: number;
  dataBits: 7 | 8;
  parity: 'none' | 'even' | 'odd';
  stopBits: 1 | 2;
  /** RTS and CTS hold either side back. */
  hasFlowControl: boolean;
};

/**
 * A serial port, which nobody else may have at the same time. Modem lines are not touched: ptys and many adapters have
 * none. A port that is unplugged ends the connection; the line opens it again when its name is back.
 */
export function openSerial({ hasFlowControl, ...settings }: SerialSettings): OpenConnection {
  return ({ onBytes, onEnd }, { signal }) =>
    new Promise((resolve, reject) => {
      const port = new SerialPort({ ...settings, rtscts: hasFlowControl, lock: true, autoOpen: false });
      let reason = 'the port was closed';
      const close = () => {
        if (port.isOpen) port.close();
      };
      port.on('data', onBytes);
      port.on('error', (error) => {
        reason = error.message;
        close();
      });
      port.once('close', (error: Error | null) => {
        signal.removeEventListener('abort', close);
        onEnd(error ? `the port is gone: ${error.message}` : reason);
      });
      port.open((error) => {
        if (error) {
          reject(error);
          return;
        }
        signal.addEventListener('abort', close);
        if (signal.aborted) close();
        resolve({
          send: (bytes) =>
            new Promise((sent, failed) => port.write(bytes, (fault) => (fault ? failed(fault) : sent()))),
        });
      });
    });
}
