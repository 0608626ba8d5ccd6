import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Socket } from 'node:net';

/** A control request as the USB bus has it (USB 2.0, 9.3). `payload` is what comes with one that goes out. */
export type ControlRequest = {
  type: number;
  request: number;
  value: number;
  index: number;
  length: number;
  payload: Buffer;
};

/** What a device answers: bytes for a request that comes in, none for one that goes out, null to stall. */
export type UsbDevice = (request: ControlRequest) => readonly number[] | null;

const controller = '/sys/devices/platform/vhci_hcd.0';
const port = 0;
const highSpeed = 3;
const deviceId = (1 << 16) | 2;

const headerLength = 48;
const submit = 1;
const unlink = 2;
/** -EPIPE: the endpoint stalled. */
const stalled = -32;
/** -ECONNRESET: it was taken back in time. */
const takenBack = -104;

/**
 * Plugs a device into the kernel's virtual USB host controller (kernel: usb/usbip_protocol.rst). Whoever writes to
 * `attach` names one of its own descriptors, which is the socket that transfers go over: here, an end of a pair that Node
 * makes for a child. Only control transfers are answered; a picture never comes.
 */
export async function plugIn(device: UsbDevice): Promise<{ unplug(): void }> {
  const command = `echo ${port} 3 ${deviceId} ${highSpeed} >${controller}/attach`;
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  const socket = child.stdio[3];
  if (!(socket instanceof Socket)) throw new Error('no socket for the USB host controller');
  let unread = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    for (let length = lengthOfFirst(unread); length <= unread.length; length = lengthOfFirst(unread)) {
      const answer = answerTo(unread.subarray(0, length), device);
      unread = unread.subarray(length);
      if (answer) socket.write(answer);
    }
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the USB host controller does not take the device: ${code}`);
  let isPlugged = true;
  return {
    unplug() {
      if (!isPlugged) return;
      isPlugged = false;
      writeFileSync(`${controller}/detach`, String(port));
    },
  };
}

const isOut = (header: Buffer) => header.readUInt32BE(12) === 0;

function lengthOfFirst(bytes: Buffer): number {
  if (bytes.length < headerLength) return headerLength;
  const brings = bytes.readUInt32BE(0) === submit && isOut(bytes) ? bytes.readUInt32BE(24) : 0;
  return headerLength + brings;
}

/** null for what is not answered. */
function answerTo(message: Buffer, device: UsbDevice): Buffer | null {
  const [command, sequence, endpoint] = [0, 4, 16].map((at) => message.readUInt32BE(at));
  if (command === unlink) return createAnswer(command, sequence ?? 0, takenBack, []);
  if (endpoint !== 0) return null;
  const setup = message.subarray(40, headerLength);
  const length = setup.readUInt16LE(6);
  const bytes = device({
    ...{ type: setup.readUInt8(0), request: setup.readUInt8(1), value: setup.readUInt16LE(2) },
    ...{ index: setup.readUInt16LE(4), length, payload: message.subarray(headerLength) },
  });
  if (!bytes) return createAnswer(submit, sequence ?? 0, stalled, []);
  return createAnswer(submit, sequence ?? 0, 0, isOut(message) ? length : bytes.slice(0, length));
}

/** `moved`: the bytes that come in, or how many went out. */
function createAnswer(command: number, sequence: number, status: number, moved: readonly number[] | number): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt32BE(command + 2, 0);
  header.writeUInt32BE(sequence, 4);
  header.writeInt32BE(status, 20);
  header.writeUInt32BE(typeof moved === 'number' ? moved : moved.length, 24);
  return typeof moved === 'number' ? header : Buffer.concat([header, Buffer.from(moved)]);
}
