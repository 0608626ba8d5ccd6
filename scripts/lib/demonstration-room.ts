import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationSchemaName } from '@anteroom/shared/profile/installation.ts';
import { stringify } from 'yaml';
import { pickFreePort } from './ports.ts';

/** The devices of a room for people to look at: a display, a camera, a ceiling microphone, and the lamps at its door. */
export type DemonstrationRoom = AsyncDisposable & {
  /** The installation, for the terminal and for `anteroom sim --installation`, which plays the devices. */
  file: string;
};

/** Addresses are on this machine only. Sockets want short paths: the folder is not the data folder, which may be deep. */
export async function makeDemonstrationRoom(): Promise<DemonstrationRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-room-'));
  const host = '127.0.0.1';
  const [display, microphone, camera] = [
    await pickFreePort(host),
    await pickFreePort(host),
    await pickFreePort(host),
  ] as const;
  const installation = {
    schema: installationSchemaName,
    devices: [
      {
        name: 'front-display',
        title: { en: 'Front display', 'zh-CN': '前方显示屏' },
        accessory: 'samsung-qb55',
        at: `tcp:${host}:${display}`,
      },
      {
        name: 'camera',
        title: { en: 'Room camera', 'zh-CN': '会议室摄像机' },
        accessory: 'sony-srg-300h',
        at: `udp:${host}:${camera}`,
      },
      {
        name: 'microphone',
        title: { en: 'Ceiling microphone', 'zh-CN': '吸顶麦克风' },
        accessory: 'shure-mxa910',
        at: `tcp:${host}:${microphone}`,
      },
      {
        name: 'door-lamps',
        title: { en: 'Lamps at the door', 'zh-CN': '门口指示灯' },
        accessory: 'low-voltage-labs-pi-traffic',
        at: `gpio:${join(folder, 'lamps')}`,
      },
    ],
    room: {
      displays: [{ device: 'front-display', input: 'hdmi1' }],
      camera: { device: 'camera', presets: { idle: 1, gallery: 2, speaker: 3, content: 4 } },
      microphones: [{ device: 'microphone', channel: 'device' }],
      doorSign: { device: 'door-lamps', busy: 'red', soon: 'amber', free: 'green' },
    },
  };
  const file = join(folder, 'installation.yaml');
  await writeFile(file, stringify(installation));
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
