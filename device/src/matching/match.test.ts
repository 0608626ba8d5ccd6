import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { listProfileFiles, readAccessory } from '../accessories/profile-files.ts';
import { chooseProfile, chosen, readTerminalProfiles } from './choose-profile.ts';
import { decodeEdid } from './edid.ts';
import { readMachine } from './machine.ts';
import { matchAccessories, matchTerminals } from './match.ts';

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex.replace(/\s/g, ''), 'hex'));

/** Base blocks as people read them from their displays: issue 1406 of fastfetch-cli/fastfetch, 283 of rockowitz/ddcutil. */
const samsungTelevision = bytesOf(`
  00 ff ff ff ff ff ff 00 4c 2d 39 0f 00 08 00 00 04 1c 01 03 80 46 27 78 0a 23 ad a4 54 4d 99 26
  0f 47 4a bd ef 80 71 4f 81 c0 81 00 81 80 95 00 a9 c0 b3 00 01 01 02 3a 80 18 71 38 2d 40 58 2c
  45 00 ba a8 42 00 00 1e 66 21 56 aa 51 00 1e 30 46 8f 33 00 ba a8 42 00 00 1e 00 00 00 fd 00 18
  4b 0f 51 17 00 0a 20 20 20 20 20 20 00 00 00 fc 00 53 41 4d 53 55 4e 47 0a 20 20 20 20 20 01 09`);
const lgProjector = bytesOf(`
  00 ff ff ff ff ff ff 00 1e 6d 01 00 01 01 01 01 01 1f 01 03 80 a0 5a 78 0a ee 91 a3 54 4c 99 26
  0f 50 54 a1 08 00 31 40 45 40 61 40 71 40 81 80 d1 c0 01 01 01 01 08 e8 00 30 f2 70 5a 80 b0 58
  8a 00 40 84 63 00 00 1e 66 21 50 b0 51 00 1b 30 40 70 36 00 40 84 63 00 00 1e 00 00 00 fd 00 18
  78 1e 87 3c 00 0a 20 20 20 20 20 20 00 00 00 fc 00 4c 47 20 50 52 4f 4a 45 43 54 4f 52 0a 01 70`);

describe('an EDID', () => {
  test('says who made the display, and what they call it', () => {
    expect(decodeEdid(samsungTelevision)).toEqual({ manufacturer: 'SAM', productCode: 3897, model: 'SAMSUNG' });
    expect(decodeEdid(lgProjector)).toEqual({ manufacturer: 'GSM', productCode: 1, model: 'LG PROJECTOR' });
  });

  test('that was not read whole, or is none, says nothing', () => {
    expect(decodeEdid(new Uint8Array())).toBeNull();
    expect(decodeEdid(samsungTelevision.subarray(0, 127))).toBeNull();
    for (const at of [0, 8, 113, 127]) {
      const wrong = samsungTelevision.slice();
      wrong[at] = (wrong[at] ?? 0) ^ 1;
      expect(decodeEdid(wrong)).toBeNull();
    }
  });

  test('is never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 256 }), (bytes) => {
        decodeEdid(bytes);
      }),
      { numRuns: 10_000 },
    );
  });
});

const roots: string[] = [];
afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true }))));

/** A machine's own files, as below /. */
async function machineWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'anteroom-machine-'));
  roots.push(root);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

const usb = 'sys/bus/usb/devices';
const optiplex = {
  'sys/class/dmi/id/sys_vendor': 'Dell Inc.\n',
  'sys/class/dmi/id/product_name': 'OptiPlex 7060\n',
  'sys/class/dmi/id/board_name': '0C96W1\n',
  [`${usb}/usb1/idVendor`]: '1d6b\n',
  [`${usb}/usb1/idProduct`]: '0002\n',
  [`${usb}/usb1/product`]: 'xHCI Host Controller\n',
  [`${usb}/1-4/idVendor`]: '046d\n',
  [`${usb}/1-4/idProduct`]: '0837\n',
  [`${usb}/1-4/product`]: 'BCC950 ConferenceCam\n',
  [`${usb}/1-4:1.0/bInterfaceClass`]: '0e\n',
  'sys/class/drm/version': 'drm 1.1.0 20060810\n',
  'sys/class/drm/card0-DP-1/edid': new Uint8Array(),
  'sys/class/drm/card0-HDMI-A-1/edid': Uint8Array.from([...samsungTelevision, ...new Uint8Array(128)]),
  'dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0': '',
};
const raspberry = { 'proc/device-tree/model': 'Raspberry Pi 5 Model B Rev 1.0\0' };

const terminals = await readTerminalProfiles();
const accessories = await Promise.all((await listProfileFiles()).map((file) => readAccessory(file)));
const named = <Profile extends { name: string }>(matches: readonly { profile: Profile; because: string[] }[]) =>
  matches.map(({ profile, because }) => [profile.name, because]);

describe('a machine', () => {
  test('is found by its SMBIOS, and told why', async () => {
    const machine = await readMachine(await machineWith(optiplex));
    expect(named(matchTerminals(machine, terminals))).toEqual([
      ['dell-optiplex-7060', ['DMI: sys_vendor “Dell Inc.”, product_name “OptiPlex 7060”']],
    ]);
    expect(machine.serialPorts).toEqual(['/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0']);
  });

  test('is found by its board, where that is what the maker names', async () => {
    const root = await machineWith({ 'sys/class/dmi/id/board_name': 'NUC9i7QNB\n' });
    expect(named(matchTerminals(await readMachine(root), terminals))).toEqual([
      ['intel-nuc9-extreme', ['DMI: board_name “NUC9i7QNB”']],
    ]);
  });

  test('is found by what its device tree begins with', async () => {
    const machine = await readMachine(await machineWith(raspberry));
    expect(named(matchTerminals(machine, terminals))).toEqual([
      ['raspberry-pi-5', ['device tree: model “Raspberry Pi 5 Model B Rev 1.0”']],
    ]);
  });

  test('of another vendor, or another model, is not', async () => {
    const other = { ...optiplex, 'sys/class/dmi/id/sys_vendor': 'Dell\n' };
    expect(matchTerminals(await readMachine(await machineWith(other)), terminals)).toEqual([]);
    expect(matchTerminals(await readMachine(await machineWith({})), terminals)).toEqual([]);
  });
});

test('what is plugged in is found by USB and by EDID, what is sure first, with what speaks for it', async () => {
  const found = matchAccessories(await readMachine(await machineWith(optiplex)), accessories);
  expect(named(found)).toEqual([
    ['logitech-bcc950', ['USB 1-4: 046d:0837 “BCC950 ConferenceCam”']],
    ['samsung-qb55', ['EDID at card0-HDMI-A-1: SAM “SAMSUNG”; the profile knows the maker only']],
    ['samsung-ue46f6470-cec', ['EDID at card0-HDMI-A-1: SAM “SAMSUNG”; the profile knows the maker only']],
  ]);
  expect(found.map(({ isSure }) => isSure)).toEqual([true, false, false]);
});

test('a display is sure by the start of its model’s name', async () => {
  const machine = await readMachine(await machineWith({ 'sys/class/drm/card1-DP-2/edid': lgProjector }));
  const [profile] = accessories.filter(({ name }) => name === 'lg-55ls75a');
  if (!profile) throw new Error('there is no such profile');
  const match = (model: string) =>
    matchAccessories(machine, [{ ...profile, match: { edid: [{ manufacturer: 'GSM', model }] } }]);
  expect(match('LG PROJ')).toMatchObject([{ isSure: true, because: ['EDID at card1-DP-2: GSM “LG PROJECTOR”'] }]);
  expect(match('PROJECTOR')).toEqual([]);
});

describe('the profile that a terminal chooses by itself', () => {
  test('is the machine’s own, and that of any machine where there is none', async () => {
    expect(await chooseProfile(await machineWith(raspberry))).toBe('raspberry-pi-5');
    expect(await chooseProfile(await machineWith({}))).toBe('generic-usb');
  });

  test('is not guessed among several', () => {
    const [one, two] = terminals.map((profile) => ({ profile, isSure: true, because: ['it says so'] }));
    if (!one || !two) throw new Error('there are several profiles');
    expect(() => chosen([one, two])).toThrow(`${one.profile.name} (it says so), ${two.profile.name} (it says so)`);
  });
});
