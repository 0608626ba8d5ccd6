import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { AccessoryProfile } from '@anteroom/shared/profile/accessory.ts';
import { type Installation, type InstalledDevice, installation } from '@anteroom/shared/profile/installation.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { driverTiming } from '../ports/device.ts';
import type { RoomAccessory } from '../ports/room-accessory.ts';
import { createNoticePorts, type NoticePorts } from '../transports/notice-ports.ts';
import { parseAddress, wireFor } from './address.ts';
import { type OpenedAccessory, openAccessory } from './open-accessory.ts';
import { readAccessory, readYaml } from './profile-files.ts';

/** An installation with the profiles that its devices name; every address leads over a line that its model has. */
export type ReadInstallation = {
  file: string;
  installation: Installation;
  devices: readonly { installed: InstalledDevice; profile: AccessoryProfile }[];
};

/** Throws an `Error` that names the file and each wrong place in it. */
export async function readInstallation(file: string): Promise<ReadInstallation> {
  const parsed = installation.safeParse(await readYaml(file));
  if (!parsed.success) throw new Error(`${file}:\n${z.prettifyError(parsed.error)}`);
  const devices: { installed: InstalledDevice; profile: AccessoryProfile }[] = [];
  for (const installed of parsed.data.devices) {
    try {
      const profile = await readAccessory(installed.accessory);
      wireFor(profile, parseAddress(installed.at));
      devices.push({ installed, profile });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${file}: device ${installed.name}: ${why}`, { cause });
    }
  }
  return { file, installation: parsed.data, devices };
}

export type OpenedInstallation = AsyncDisposable & { accessories: readonly RoomAccessory[] };

/** Drives every device. One that cannot be driven (its password cannot be read) is there with the reason. */
export async function openInstallation(
  { file, devices }: ReadInstallation,
  deps: { clock: Clock; log: Logger; random: () => number },
): Promise<OpenedInstallation> {
  const opened = new AsyncDisposableStack();
  const notices = opened.use(createNoticePorts(deps));
  const accessories: RoomAccessory[] = [];
  for (const { installed, profile } of devices) {
    const { name, at: address, title = profile.title } = installed;
    const found = await openOne(installed, profile, { ...deps, notices, file });
    if (!('why' in found)) opened.use(found);
    accessories.push({
      ...{ name, title, address, kind: profile.kind, askEveryMs: askEveryMsOf(profile) },
      found: 'why' in found ? found : { room: found, isLineOpen: found.isLineOpen },
    });
  }
  return { accessories, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function openOne(
  installed: InstalledDevice,
  profile: AccessoryProfile,
  { file, log, ...deps }: { file: string; notices: NoticePorts; clock: Clock; log: Logger; random: () => number },
): Promise<OpenedAccessory | { why: string }> {
  const { at, user, name } = installed;
  try {
    return openAccessory({
      ...{ ...deps, profile, address: parseAddress(at), user: user ?? '', through: (line) => line },
      log: log.child({ device: name }),
      password: await passwordOf(installed, file),
    });
  } catch (cause) {
    log.error({ err: cause, device: name }, 'device cannot be driven');
    return { why: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Empty for a device that asks for none; the path of its file is relative to the installation's. */
export async function passwordOf({ passwordFile }: InstalledDevice, file: string): Promise<string> {
  return passwordFile === undefined ? '' : (await readFile(resolve(dirname(file), passwordFile), 'utf8')).trimEnd();
}

/** Null for devices that tell each change by themselves. */
function askEveryMsOf({ facts }: AccessoryProfile): number | null {
  return z.object({ timing: driverTiming }).safeParse(facts).data?.timing.askEveryMs ?? null;
}
