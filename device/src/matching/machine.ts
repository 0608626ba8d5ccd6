import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DisplayIdentity, decodeEdid } from './edid.ts';

/** What a Linux machine tells about itself and about what is plugged in. */
export type Machine = {
  /** SMBIOS; null on a board that has none. */
  dmi: { vendor: string | null; product: string | null; board: string | null } | null;
  /** The model in the device tree; null on a PC. */
  deviceTree: string | null;
  /** `at` as the kernel names the plug, as `1-2`. */
  usb: { at: string; vendorId: string; productId: string; name: string | null }[];
  /** `at` is the connector, as `card0-HDMI-A-1`. */
  displays: ({ at: string } & DisplayIdentity)[];
  /** Serial ports by names that stay. */
  serialPorts: string[];
};

/** `root` is `/`, or a folder with a copy of another machine's /sys, /proc and /dev. */
export async function readMachine(root: string): Promise<Machine> {
  const dmiFolder = join(root, 'sys/class/dmi/id');
  const [vendor, product, board] = await Promise.all(
    ['sys_vendor', 'product_name', 'board_name'].map((name) => readWord(join(dmiFolder, name))),
  );
  const serialFolder = join(root, 'dev/serial/by-id');
  return {
    dmi: vendor || product || board ? { vendor: vendor ?? null, product: product ?? null, board: board ?? null } : null,
    deviceTree: await readWord(join(root, 'proc/device-tree/model')),
    usb: await readUsb(join(root, 'sys/bus/usb/devices')),
    displays: await readDisplays(join(root, 'sys/class/drm')),
    serialPorts: (await list(serialFolder)).map((name) => `/dev/serial/by-id/${name}`),
  };
}

async function readUsb(folder: string): Promise<Machine['usb']> {
  const found = await Promise.all(
    (await list(folder)).map(async (at) => {
      const [vendorId, productId, name] = await Promise.all(
        ['idVendor', 'idProduct', 'product'].map((file) => readWord(join(folder, at, file))),
      );
      // Interfaces of a device are listed beside it, and have no ids.
      return vendorId && productId ? [{ at, vendorId, productId, name: name ?? null }] : [];
    }),
  );
  return found.flat();
}

async function readDisplays(folder: string): Promise<Machine['displays']> {
  const found = await Promise.all(
    (await list(folder)).map(async (at) => {
      const edid = await readIfThere(join(folder, at, 'edid'));
      const identity = edid && decodeEdid(edid);
      return identity ? [{ at, ...identity }] : [];
    }),
  );
  return found.flat();
}

/** A file of one word, or a few; null when it is not there, or empty. The device tree ends its words with a zero. */
async function readWord(file: string): Promise<string | null> {
  const text = (await readIfThere(file))?.toString('utf8').replace(/\0/g, '').trim();
  return text ? text : null;
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Not every machine has everything, and a connector is a folder beside files. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'ENODEV'].includes(String(error.code));
}
