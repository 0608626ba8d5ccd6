import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Document } from '../ports/store.ts';

export const storedSerial = z.object({ serial: z.string() });

/** Where Linux tells the serial number of a board (device tree) or of a PC (DMI, readable by root). */
const serialFiles = ['/proc/device-tree/serial-number', '/sys/class/dmi/id/product_serial'];
/** What vendors write who give no serial number. */
const placeholders = /^(0+|none|default.*|to be filled.*|not specified|system serial number|n\/?a|x+|123456789)$/i;

/**
 * The serial number of this terminal: given, or the machine's own, or one made at first start and kept. A simulated
 * terminal never takes the machine's: there may be many of them on it.
 */
export async function findSerial(deps: {
  given: string | null;
  isSimulated: boolean;
  document: Document<z.infer<typeof storedSerial>>;
  files?: readonly string[];
}): Promise<string> {
  const { given, isSimulated, document, files = serialFiles } = deps;
  if (given) return given;
  for (const file of isSimulated ? [] : files) {
    const own = await readSerial(file);
    if (own) return own;
  }
  const stored = await document.read();
  if (stored) return stored.serial;
  const serial = `${isSimulated ? 'SIM' : 'ANT'}-${randomBytes(5).toString('hex').toUpperCase()}`;
  await document.write({ serial });
  return serial;
}

async function readSerial(file: string): Promise<string | null> {
  // Missing or not readable: this kind of machine tells its number elsewhere, or not to us.
  const text = await readFile(file, 'utf8').catch(() => '');
  const serial = text.replaceAll('\0', '').trim();
  return serial.length >= 4 && /^[\w.:-]{1,64}$/.test(serial) && !placeholders.test(serial) ? serial : null;
}
