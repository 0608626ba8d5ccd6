/**
 * Watches the bytes of one MQTT connection for a packet larger than `maxBytes`, from its fixed header (MQTT 3.1.1, 2.2)
 * and before its body arrives, so that nobody makes the broker buffer 256 MB.
 */
export function createPacketLimit(maxBytes: number): { accepts(chunk: Uint8Array): boolean } {
  let state: 'type' | 'length' | 'body' = 'type';
  let length = 0;
  let lengthBytes = 0;
  let bodyLeft = 0;

  return {
    /** False as soon as a packet is announced that is too large, or whose length is malformed. */
    accepts(chunk) {
      let index = 0;
      while (index < chunk.length) {
        if (state === 'body') {
          const taken = Math.min(bodyLeft, chunk.length - index);
          bodyLeft -= taken;
          index += taken;
          if (bodyLeft === 0) state = 'type';
          continue;
        }
        const byte = chunk[index] ?? 0;
        index += 1;
        if (state === 'type') {
          state = 'length';
          length = 0;
          lengthBytes = 0;
          continue;
        }
        length += (byte & 0x7f) * 128 ** lengthBytes;
        lengthBytes += 1;
        if (length > maxBytes) return false;
        if (byte & 0x80) {
          if (lengthBytes === 4) return false;
          continue;
        }
        bodyLeft = length;
        state = length === 0 ? 'type' : 'body';
      }
      return true;
    },
  };
}
