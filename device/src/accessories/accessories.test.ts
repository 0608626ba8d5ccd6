import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { AccessoryLine, AccessoryProfile } from '@anteroom/shared/profile/accessory.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { afterAll, describe, expect, test } from 'vitest';
import { protocols } from '../drivers/registry.ts';
import type { Line } from '../ports/line.ts';
import { type Controller, createSimulatedBody } from '../ports/simulated-device.ts';
import { createNoticePorts } from '../transports/notice-ports.ts';
import { parseAddress } from './address.ts';
import { gpioBackend } from './kernel.ts';
import { type OpenedAccessory, openAccessory } from './open-accessory.ts';
import { listProfileFiles, readAccessory } from './profile-files.ts';
import { serveHttp, servePty, serveSsh, serveTcp, serveUdp, serveUnix } from './serve.ts';
import { serveTls } from './serve-tls.ts';
import { until } from './until.ts';

/** Every profile, driven over every line that it names, against its own simulated device. */
const clock = createSystemClock();
const log = pino({ level: 'silent' });
/** Only a display that wants a PIN looks at it. */
const access = { user: '', password: '0123' };
const through = (line: Line) => line;
const folder = await mkdtemp(join(tmpdir(), 'anteroom-accessories-'));
afterAll(() => rm(folder, { recursive: true }));

/** What a device needs between two commands is only time here, and a display is asked for nine things. */
const withoutRest = ({ facts, ...profile }: AccessoryProfile): AccessoryProfile => ({
  ...profile,
  facts: 'restMs' in facts ? { ...facts, restMs: 0 } : facts,
});

const profiles = await Promise.all(
  (await listProfileFiles()).map(async (file) => withoutRest(await readAccessory(file))),
);
const reached = profiles.flatMap((profile) => profile.lines.map((wire) => ({ profile, wire })));

async function serve(device: Parameters<typeof serveTcp>[0], wire: AccessoryLine, name: string) {
  const plain = { wire: (bytes: Uint8Array, deliver: (heard: Uint8Array) => void) => deliver(bytes) };
  const where = { host: '127.0.0.1', port: 0, noticePort: null, ...plain, ...access };
  switch (wire.transport) {
    case 'serial':
      return await servePty(device, { path: join(folder, name), ...plain });
    case 'gpio':
    case 'cec':
    case 'v4l2':
      return await serveUnix(device, { transport: wire.transport, path: join(folder, name), ...plain });
    default:
      return await { tcp: serveTcp, udp: serveUdp, http: serveHttp, ssh: serveSsh, tls: serveTls }[wire.transport](
        device,
        where,
      );
  }
}

/** Relays know nothing before they were switched, and a sensor before its contact has settled. */
async function rouse(accessory: OpenedAccessory, signal: AbortSignal): Promise<void> {
  if (accessory.kind === 'presenceSensor')
    await until(accessory, (state) => 'isOccupied' in state && state.isOccupied !== null, signal);
  if (accessory.kind !== 'roomIo') return;
  const [output = ''] = accessory.device.capabilities().outputs;
  await accessory.device.run({ kind: 'setOutput', output, isOn: true }, { signal });
}

describe('a profile', () => {
  test.each(reached.map(({ profile, wire }) => [profile.name, wire.transport, profile, wire] as const))(
    '%s is driven over %s, and tells everything that its device knows',
    async (name, transport, profile, wire) => {
      const signal = AbortSignal.timeout(8_000);
      const model = protocols[profile.protocol]?.read(profile.facts);
      if (!model) throw new Error('lint refuses that');
      await using device = model.simulate({
        wire,
        ...access,
        identity: profile.match.identity?.[0] ?? null,
        mode: 'strict',
        warmUpMs: 0,
        clock,
      });
      for (const contact of device.contacts?.names ?? []) device.contacts?.set(contact, true);
      await using served = await serve(device, wire, `${name}-${transport}`);
      // Where its answers and its notices go are ports of their own: none that a test may take.
      const {
        localPort: _fixed,
        noticePort: _its,
        ...reachable
      } = {
        ...{ localPort: undefined, noticePort: undefined },
        ...wire,
      };
      const shown = { ...profile, lines: [reachable as AccessoryLine] }; // two keys less
      await using notices = createNoticePorts({ clock, log });
      const address = parseAddress(served.at);
      await using accessory = openAccessory({
        profile: shown,
        address,
        ...access,
        notices,
        clock,
        log,
        random: Math.random,
        through,
      });
      await until(accessory, ({ isConnected }) => isConnected, signal);
      await accessory.device.refresh({ signal });
      await rouse(accessory, signal);
      expect(accessory.kind).toBe(profile.kind);
      const { isConnected, identity, ...readings } = accessory.device.state();
      expect(isConnected).toBe(true);
      // What the model is matched by, for protocols whose simulated device can say it; one of Sony's where nobody wrote it down.
      const [matchedBy = '0001:0519'] = profile.match.identity ?? [];
      if (profile.protocol === 'visca') expect(identity?.value).toContain(matchedBy);
      expect(JSON.stringify(readings)).toContain('"source":"answer"');
    },
  );

  test('stands in a file of its own name', async () => {
    for (const file of await listProfileFiles()) expect((await readAccessory(file)).name).toBe(basename(file, '.yaml'));
  });
});

test.each([
  ['tcp:192.0.2.4', { transport: 'tcp', host: '192.0.2.4', port: null }],
  ['udp:camera.example:1259', { transport: 'udp', host: 'camera.example', port: 1259 }],
  ['tcp:[2001:db8::4]:5678', { transport: 'tcp', host: '2001:db8::4', port: 5678 }],
  ['http:192.0.2.4', { transport: 'http', host: '192.0.2.4', port: null }],
  [
    `ssh:tesira.example:2222#SHA256:${'a'.repeat(43)}`,
    { transport: 'ssh', host: 'tesira.example', port: 2222, hostKey: `SHA256:${'a'.repeat(43)}` },
  ],
  [
    `tls:192.0.2.4#SHA256:${'0a'.repeat(32)}`,
    { transport: 'tls', host: '192.0.2.4', port: null, certificateSha256: '0a'.repeat(32) },
  ],
  ['ssh:192.0.2.4', { transport: 'ssh', host: '192.0.2.4', port: null, hostKey: null }],
  ['serial:/dev/serial/by-id/usb-x', { transport: 'serial', path: '/dev/serial/by-id/usb-x' }],
  ['gpio:gpiochip0', { transport: 'gpio', device: 'gpiochip0', isSimulated: false }],
  ['gpio:pinctrl-rp1', { transport: 'gpio', device: 'pinctrl-rp1', isSimulated: false }],
  ['cec:/dev/cec0', { transport: 'cec', device: '/dev/cec0', isSimulated: false }],
  ['v4l2:/dev/v4l/by-id/usb-x', { transport: 'v4l2', device: '/dev/v4l/by-id/usb-x', isSimulated: false }],
  ['gpio:/run/anteroom/lamps', { transport: 'gpio', device: '/run/anteroom/lamps', isSimulated: true }],
])('%s is an address', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

test.each([
  '192.0.2.4',
  'tcp:',
  'tcp:a:b',
  'tcp:a:70000',
  'serial:ttyUSB0',
  'ftp:a',
  'ssh:a#MD5:1',
  `ssh:a#SHA256:${'0a'.repeat(32)}`,
  `tls:a#SHA256:${'a'.repeat(43)}`,
  `tcp:a#SHA256:${'a'.repeat(43)}`,
  'cec:cec0',
  'gpio:',
])('%s is none', (text) => {
  expect(() => parseAddress(text)).toThrow('is no address of a device: expected tcp:HOST');
});

test.each([
  [['null', 'gpiochip0'], true, 'tools'],
  [['null', 'gpiochip0'], false, 'tools'],
  [['null', 'gpiomem'], true, 'sysfs'],
  // Whose words then say what is missing.
  [['null'], false, 'tools'],
] as const)(
  'of a kernel with %j in /dev, lines in sysfs: %s, GPIO is driven through %s',
  (devices, hasSysfs, backend) => {
    expect(gpioBackend({ devices, hasSysfs })).toBe(backend);
  },
);

test('whoever comes over UDP is answered, however many came and went before', async () => {
  const begin = (controller: Controller) => (bytes: Uint8Array) => controller.send(bytes);
  await using device = createSimulatedBody({ begin, onPowerCycle: () => undefined, controllersAtMost: 5 });
  await using served = await serveUdp(device, { host: '127.0.0.1', port: 0, wire: (bytes, deliver) => deliver(bytes) });
  const port = Number(served.at.split(':').at(-1));
  for (const name of ['Ada', 'Ben', 'Cai', 'Dov', 'Eva', 'Fay', 'Gil']) {
    const socket = createSocket('udp4');
    socket.send(name, port, '127.0.0.1');
    const [answer] = await once(socket, 'message', { signal: AbortSignal.timeout(2_000) });
    expect(String(answer)).toBe(name);
    socket.close();
  }
});
