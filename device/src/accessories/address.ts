import type { AccessoryLine, AccessoryProfile } from '@anteroom/shared/profile/accessory.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { openSecureMdc } from '../drivers/samsung-mdc/secure.ts';
import type { OpenConnection } from '../ports/connection.ts';
import type { Line } from '../ports/line.ts';
import { openHttp } from '../transports/http.ts';
import { createKeptLine } from '../transports/kept-line.ts';
import type { NoticePorts } from '../transports/notice-ports.ts';
import { createNoticedLine } from '../transports/noticed-line.ts';
import { openSerial } from '../transports/serial.ts';
import { openSsh } from '../transports/ssh.ts';
import { openTcp } from '../transports/tcp.ts';
import { openTelnet } from '../transports/telnet.ts';
import { openUdp } from '../transports/udp.ts';

/**
 * Where a device is: `tcp:192.0.2.4`, `tcp:192.0.2.4:5678`, `udp:[2001:db8::4]:1259`, `http:192.0.2.4`,
 * `serial:/dev/serial/by-id/usb-x`, `ssh:192.0.2.4#SHA256:…` with the fingerprint of the device's key or without, and so
 * `tls:192.0.2.4#SHA256:…` with that of its certificate; or, where the kernel has it, `gpio:gpiochip0` (a chip's name or label), `cec:/dev/cec0`, `v4l2:/dev/v4l/by-id/usb-x`. Any other path
 * is the socket of a simulated one.
 */
export type Address = LineAddress | KernelAddress;
export type LineAddress =
  | { transport: 'serial'; path: string }
  | { transport: 'tcp' | 'udp' | 'http'; host: string; port: number | null }
  /** `hostKey` null: the first key that is seen is trusted. */
  | { transport: 'ssh'; host: string; port: number | null; hostKey: string | null }
  /** `certificateSha256` in hexadecimal; null takes any certificate. */
  | { transport: 'tls'; host: string; port: number | null; certificateSha256: string | null };
export type KernelAddress = { transport: 'gpio' | 'cec' | 'v4l2'; device: string; isSimulated: boolean };

const ipPattern =
  /^(?<transport>tcp|udp|http|ssh|tls):(?:\[(?<six>[0-9a-f:]+)\]|(?<host>[^:[\]#]+))(?::(?<port>\d{1,5}))?(?:#SHA256:(?<fingerprint>[A-Za-z0-9+/]+))?$/i;
/** As `ssh-keygen -l` writes the one of a key, and `openssl x509 -fingerprint` that of a certificate, without its colons. */
const fingerprints = { ssh: /^[A-Za-z0-9+/]{43}$/, tls: /^[0-9a-f]{64}$/i } as const;
const ipTransports = ['tcp', 'udp', 'http', 'ssh', 'tls'] as const;

const kernelPattern = /^(?<transport>gpio|cec|v4l2):(?<device>[\w./:-]+)$/;
/** What the kernel, and udev, call them. */
const kernelDevices = {
  gpio: /^(?:\/dev\/gpiochip\d+|[^/]+)$/,
  cec: /^\/dev\/cec\d+$/,
  v4l2: /^\/dev\/(?:video\d+|v4l\/.+)$/,
} as const;

/** Throws an `Error` that says what an address looks like. */
export function parseAddress(text: string): Address {
  if (text.startsWith('serial:/')) return { transport: 'serial', path: text.slice('serial:'.length) };
  const kernel = parseKernelAddress(text);
  if (kernel) return kernel;
  const found = ipPattern.exec(text)?.groups;
  const host = found?.six ?? found?.host;
  const port = found?.port === undefined ? null : Number(found.port);
  const fingerprint = found?.fingerprint ?? null;
  const transport = ipTransports.find((each) => each === found?.transport?.toLowerCase());
  const isIts = fingerprint === null || (transport && transport in fingerprints);
  if (!transport || !host || (port !== null && port > 65_535) || !isIts) throw noAddress(text);
  if (transport !== 'ssh' && transport !== 'tls') return { transport, host, port };
  if (fingerprint !== null && !fingerprints[transport].test(fingerprint)) throw noAddress(text);
  return transport === 'ssh'
    ? { transport, host, port, hostKey: fingerprint === null ? null : `SHA256:${fingerprint}` }
    : { transport, host, port, certificateSha256: fingerprint };
}

function noAddress(text: string): Error {
  return new Error(
    `“${text}” is no address of a device: expected tcp:HOST, udp:HOST, http:HOST, ssh:HOST or tls:HOST, with :PORT or without, serial:/dev/PATH, gpio:CHIP, cec:/dev/cecN or v4l2:/dev/PATH`,
  );
}

function parseKernelAddress(text: string): KernelAddress | null {
  const { transport, device } = kernelPattern.exec(text)?.groups ?? {};
  if (device === undefined || (transport !== 'gpio' && transport !== 'cec' && transport !== 'v4l2')) return null;
  const isSimulated = !kernelDevices[transport].test(device);
  return isSimulated && !device.startsWith('/') ? null : { transport, device, isSimulated };
}

/** The model's line of that kind; throws an `Error` when it has none. */
export function wireFor(profile: AccessoryProfile, { transport }: Address): AccessoryLine {
  const wire = profile.lines.find((line) => line.transport === transport);
  if (wire) return wire;
  const known = profile.lines.map((line) => line.transport).join(', ');
  throw new Error(`${profile.name} is not reached over ${transport}: its profile has ${known}`);
}

/** Throws an `Error` when bytes do not go there. */
export function lineOf(address: Address): LineAddress {
  if ('device' in address) throw new Error(`${address.transport}:${address.device} is no line that bytes go over`);
  return address;
}

/** Throws an `Error` when the kernel does not have it. */
export function kernelOf(address: Address): KernelAddress {
  if ('device' in address) return address;
  throw new Error(`a ${address.transport} address is no device of the kernel`);
}

/** A line to the device that opens by itself until it is disposed. */
export function openLine(deps: LineDeps & { notices: NoticePorts; clock: Clock; random: () => number }): Line {
  const { wire, address, notices, clock, random } = deps;
  const line = createKeptLine({ ...connectionFor(deps), clock, random });
  if (wire.transport !== 'tcp' || wire.noticePort === undefined || address.transport === 'serial') return line;
  return createNoticedLine({ line, from: { host: address.host, port: wire.noticePort }, ports: notices });
}

/** `user` and `password` for lines that ask for them themselves; elsewhere, the driver knows what to do with them. */
type LineDeps = { wire: AccessoryLine; address: LineAddress; user: string; password: string };

function connectionFor({ wire, address, user, password }: LineDeps): { name: string; open: OpenConnection } {
  if (wire.transport === 'serial' && address.transport === 'serial') {
    const { transport, ...settings } = wire;
    const { path } = address;
    return { name: `${transport} ${path}`, open: openSerial({ path, ...settings }) };
  }
  if (!('port' in wire) || address.transport === 'serial' || wire.transport !== address.transport)
    throw new Error(`a ${wire.transport} line does not lead to a ${address.transport} address`);
  const { host, port } = { host: address.host, port: address.port ?? wire.port };
  const name = `${wire.transport} ${host}:${port}`;
  if (wire.transport === 'udp')
    return { name, open: openUdp({ host, port, ...(wire.localPort ? { localPort: wire.localPort } : {}) }) };
  if (address.transport === 'ssh')
    return { name, open: openSsh({ host, port, user, password, hostKey: address.hostKey }) };
  if (address.transport === 'tls') {
    const { certificateSha256 } = address;
    return { name, open: openSecureMdc({ host, port, pin: password, certificateSha256 }) };
  }
  if (wire.transport === 'http') return { name, open: openHttp({ host, port }) };
  const open = openTcp({ host, port });
  return { name, open: wire.transport === 'tcp' && wire.isTelnet ? openTelnet(open) : open };
}
