import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { AccessoryProfile } from '@anteroom/shared/profile/accessory.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { protocols } from '../drivers/registry.ts';
import { createMischief, type Mischief } from '../ports/mischief.ts';
import type { SimulatedDevice, SimulatorMode } from '../ports/simulated-device.ts';
import { type Address, parseAddress, wireFor } from './address.ts';
import { readAccessory } from './profile-files.ts';
import { type Served, serveHttp, servePty, serveSsh, serveTcp, serveUdp, serveUnix, type Wire } from './serve.ts';
import { serveTls } from './serve-tls.ts';

export const deviceSimUsage = `anteroom sim --profile NAME --at ADDRESS [options]

Plays the device of an accessory's profile at tcp:, udp:, http:, ssh: or tls:HOST:PORT, or at serial:/PATH (a pty is made there);
what the kernel has at gpio:/PATH, cec:/PATH or v4l2:/PATH (a socket is made there; the driver takes the same address).
Port 0 takes a free one; where it listens is a JSON line on standard output. Ctrl-C stops.

  --lenient        takes what many real devices take, and what the protocol does not allow
  --warm-up S      seconds from power on until it does what it is told (default 2)
  --user TEXT, --password TEXT   what it asks for (default: nothing)

What it says unasked goes by UDP to the noticePort of its profile, at every host that was ever connected.

Lines on standard input make it misbehave:
  drop N    its next N answers never come      deafen | hear   nothing comes any more | again
  delay S   its next answer comes late         split           … comes byte by byte
  join N    … N of them come in one piece      garble          … comes after bytes that mean nothing
  cut       … comes by half                    power-cycle     off at the wall and on again
  busy on|off   has no time for anybody        lie on|off      tells the opposite of what is true
  contact NAME closed|open                     somebody closes or opens one of its contacts
`;

export type AccessoryCommandDeps = {
  /** One line to standard output, and one to standard error. */
  print(line: string): void;
  complain(line: string): void;
  /** Lines that make a simulated device misbehave. */
  input: NodeJS.ReadableStream;
  clock: Clock;
  log: Logger;
  random: () => number;
  signal: AbortSignal;
};

const options = {
  profile: { type: 'string' },
  at: { type: 'string' },
  lenient: { type: 'boolean', default: false },
  'warm-up': { type: 'string', default: '2' },
  user: { type: 'string', default: '' },
  password: { type: 'string', default: '' },
  help: { type: 'boolean' },
} as const;

/** The command `anteroom sim --profile`; resolves to its exit code. */
export async function runDeviceSimulation(args: readonly string[], deps: AccessoryCommandDeps): Promise<number> {
  const { print, complain, clock, signal } = deps;
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) {
      print(deviceSimUsage);
      return 0;
    }
    const { profile: name, at, user, password } = values;
    if (name === undefined || at === undefined) throw new Error(`--profile and --at are needed\n\n${deviceSimUsage}`);
    const profile = await readAccessory(name);
    const mischief = createMischief({ clock, signal });
    await using stack = new AsyncDisposableStack();
    const { device, served } = await playAt(profile, at, {
      ...{ user, password, mode: values.lenient ? 'lenient' : 'strict', warmUpS: values['warm-up'], clock, mischief },
    });
    stack.use(device);
    stack.use(served);
    print(JSON.stringify({ event: 'listening', profile: profile.name, at: served.at }));
    await untilStopped(deps, (line) => misbehave(line, device, mischief));
    return 0;
  } catch (cause) {
    complain(`anteroom sim: ${cause instanceof Error ? cause.message : String(cause)}`);
    return 1;
  }
}

/** Does what each line of standard input says, or complains that it could not, until it is told to stop. */
export async function untilStopped(
  { input, complain, signal }: Pick<AccessoryCommandDeps, 'input' | 'complain' | 'signal'>,
  act: (line: string) => string | null,
): Promise<void> {
  const lines = createInterface({ input });
  lines.on('line', (line) => {
    const complaint = act(line);
    if (complaint !== null) complain(complaint);
  });
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  lines.close();
}

/** The device of a profile, played at an address; what goes wrong on the way is the mischief's. */
export async function playAt(
  profile: AccessoryProfile,
  at: string,
  how: {
    user: string;
    password: string;
    mode: SimulatorMode;
    /** Seconds, as somebody typed them. */
    warmUpS: string;
    clock: Clock;
    mischief: Mischief;
  },
): Promise<{ device: SimulatedDevice; served: Served }> {
  const { user, password, mode, warmUpS, clock, mischief } = how;
  const warmUpMs = Number(warmUpS) * 1000;
  if (!(warmUpMs >= 0 && warmUpMs <= 600_000)) throw new Error('--warm-up: expected 0 to 600 seconds');
  const address = parseAddress(at);
  const wire = wireFor(profile, address);
  const model = protocols[profile.protocol]?.read(profile.facts);
  if (!model) throw new Error(`${profile.name}: no driver speaks “${profile.protocol}”`);
  const [identity = null] = profile.match.identity ?? [];
  const device = model.simulate({ wire, identity, user, password, mode, warmUpMs, clock });
  const noticePort = wire.transport === 'tcp' ? (wire.noticePort ?? null) : null;
  return { device, served: await serve(device, address, { wire: mischief.pass, noticePort, user, password }) };
}

async function serve(
  device: SimulatedDevice,
  address: Address,
  { wire, noticePort, user, password }: { wire: Wire; noticePort: number | null; user: string; password: string },
): Promise<Served> {
  if (address.transport === 'serial') return await servePty(device, { path: address.path, wire });
  if ('device' in address) {
    if (!address.isSimulated)
      throw new Error(`${address.device} is the kernel's: a simulated device needs a path of its own`);
    return await serveUnix(device, { transport: address.transport, path: address.device, wire });
  }
  const where = { host: address.host, port: address.port ?? 0, noticePort, wire, user, password };
  const serveAt = { tcp: serveTcp, udp: serveUdp, http: serveHttp, ssh: serveSsh, tls: serveTls }[address.transport];
  return await serveAt(device, where);
}

/** Bytes that no protocol of ours begins with. */
const noise = Uint8Array.of(0xf7, 0x00, 0x41, 0x0a);

/** Does what a line says; null, or why it could not. */
export function misbehave(line: string, device: SimulatedDevice, mischief: Mischief): string | null {
  const [verb = '', word = '', level = ''] = line.trim().split(/\s+/);
  const count = Number(word === '' ? 1 : word);
  const isOn = word === 'on' || word === 'off';
  const isCount = count > 0 && count <= 3600;
  const isContact = device.contacts?.names.includes(word) === true && (level === 'closed' || level === 'open');
  const acts: Readonly<Record<string, { fits: boolean; act: () => void }>> = {
    drop: { fits: isCount, act: () => mischief.drop(count) },
    deafen: { fits: isCount, act: () => mischief.deafen() },
    hear: { fits: isCount, act: () => mischief.hear() },
    delay: { fits: isCount, act: () => mischief.delay(count * 1000) },
    split: { fits: isCount, act: () => mischief.split() },
    join: { fits: isCount, act: () => mischief.join(count) },
    garble: { fits: isCount, act: () => mischief.garble(noise) },
    cut: { fits: isCount, act: () => mischief.cutShort() },
    'power-cycle': { fits: isCount, act: () => device.powerCycle() },
    busy: { fits: isOn, act: () => device.setBusy(word === 'on') },
    lie: { fits: isOn, act: () => device.setLying(word === 'on') },
    contact: { fits: isContact, act: () => device.contacts?.set(word, level === 'closed') },
  };
  const known = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!known) return `“${verb}” is nothing that a device can be told: ${Object.keys(acts).join(', ')}`;
  if (!known.fits) return `${verb}: “${[word, level].join(' ').trim()}” does not fit`;
  known.act();
  return null;
}
