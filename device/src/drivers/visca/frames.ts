/**
 * VISCA on the wire: `8x … FF` to camera x, `y0 … FF` from it, 3 to 16 bytes, y = x + 8 (Sony VISCA command list). Over
 * UDP, Sony puts 8 bytes before it: type, length and a sequence number that the reply repeats.
 */
export const terminator = 0xff;
/** Terminator and address included. */
export const longestFrame = 16;

/** What a camera says, without address and terminator. */
export type ViscaReply =
  | { is: 'ack'; socket: number; sequence: number | null }
  | { is: 'completion'; socket: number; sequence: number | null }
  /** An answer to an inquiry. Some cameras put a socket into it that nothing was acknowledged with. */
  | { is: 'answer'; data: Uint8Array; sequence: number | null }
  | { is: 'error'; socket: number; code: number; sequence: number | null }
  /** `y0 38 FF`: it was powered up, or the chain was changed: addresses are to be set anew. */
  | { is: 'networkChange' }
  /** The sequence number of the header was not taken: it has to be set back. */
  | { is: 'sequenceError' }
  | { is: 'control'; sequence: number };

/** The reply in one frame of the camera at `address`, terminator included; null for what is not VISCA, or another's. */
export function parseReply(frame: Uint8Array, address: number, sequence: number | null): ViscaReply | null {
  const [head = 0, kind = 0, third = 0] = frame;
  if (frame.length < 3 || frame.length > longestFrame || frame.at(-1) !== terminator) return null;
  if (frame.length === 3 && kind === 0x38) return { is: 'networkChange' };
  if (head !== (address + 8) << 4) return null;
  const socket = kind & 0x0f;
  switch (kind >> 4) {
    case 4:
      return frame.length === 3 ? { is: 'ack', socket, sequence } : null;
    case 5:
      if (frame.length === 3) return { is: 'completion', socket, sequence };
      return { is: 'answer', data: frame.slice(2, -1), sequence };
    case 6:
      return frame.length === 4 ? { is: 'error', socket, code: third, sequence } : null;
    default:
      return null;
  }
}

/** Frames out of a stream that splits and joins them. Noise before a frame is skipped; noise in one takes it along. */
export function createSerialDecoder(address: number) {
  let held: number[] = [];
  return {
    push(bytes: Uint8Array): ViscaReply[] {
      const replies: ViscaReply[] = [];
      for (const byte of bytes) {
        held.push(byte);
        if (byte === terminator) {
          const reply = firstReply(Uint8Array.from(held), address);
          held = [];
          if (reply) replies.push(reply);
        }
        // Of noise without an end, only the last bytes can still belong to a frame.
        if (held.length >= longestFrame) held = held.slice(1);
      }
      return replies;
    },
  };
}

function firstReply(bytes: Uint8Array, address: number): ViscaReply | null {
  for (let start = 0; start < bytes.length; start++) {
    const reply = parseReply(bytes.subarray(start), address, null);
    if (reply) return reply;
  }
  return null;
}

const headerLength = 8;
const payloadTypes = {
  command: 0x0100,
  inquiry: 0x0110,
  reply: 0x0111,
  control: 0x0200,
  controlReply: 0x0201,
} as const;

/** A payload behind Sony's header. `sequence` is 32 bits. */
export function withHeader(type: 'command' | 'inquiry' | 'control', sequence: number, payload: Uint8Array): Uint8Array {
  const packet = new Uint8Array(headerLength + payload.length);
  const view = new DataView(packet.buffer);
  view.setUint16(0, payloadTypes[type]);
  view.setUint16(2, payload.length);
  view.setUint32(4, sequence >>> 0);
  packet.set(payload, headerLength);
  return packet;
}

/** Sets the camera's sequence number back to 0 (Sony, VISCA over IP, control command RESET). */
export const resetSequence: Uint8Array = Uint8Array.of(0x01);

/**
 * Each datagram is one packet. Cameras by others than Sony answer with a command's type instead of a reply's, so what a
 * packet is follows from its payload.
 */
export function createPacketDecoder(address: number) {
  return {
    push(packet: Uint8Array): ViscaReply[] {
      if (packet.length <= headerLength) return [];
      const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
      const sequence = view.getUint32(4);
      const payload = packet.slice(headerLength, headerLength + view.getUint16(2));
      if (view.getUint16(0) === payloadTypes.controlReply) return [{ is: 'control', sequence }];
      if (view.getUint16(0) === payloadTypes.control && payload[0] === 0x0f) return [{ is: 'sequenceError' }];
      const reply = parseReply(payload, address, sequence);
      return reply ? [reply] : [];
    },
  };
}
