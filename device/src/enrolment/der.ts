/**
 * The few pieces of DER (ITU-T X.690) that a certificate request is made of. Writing only: what comes back is read by
 * node:crypto.
 */
export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return element(0x30, Buffer.concat(parts));
}

export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return element(0x31, Buffer.concat(parts));
}

/** `[0]`, constructed. */
export function contextZero(...parts: readonly Uint8Array[]): Uint8Array {
  return element(0xa0, Buffer.concat(parts));
}

/** Whole octets only: no unused bits. */
export function bitString(bytes: Uint8Array): Uint8Array {
  return element(0x03, Buffer.concat([Uint8Array.of(0), bytes]));
}

/** Numbers from 0 to 127. */
export function smallInteger(value: number): Uint8Array {
  return element(0x02, Uint8Array.of(value));
}

export function utf8String(text: string): Uint8Array {
  return element(0x0c, Buffer.from(text, 'utf8'));
}

export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const groups = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
  return groups;
}

function element(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  // X.690 8.1.3: short form below 128, else the number of length octets and the length itself.
  const header =
    length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  if (length > 0xffff)
    throw new RangeError(`a DER element of ${length} bytes is longer than a certificate request needs`);
  return Buffer.concat([Uint8Array.from(header), content]);
}
