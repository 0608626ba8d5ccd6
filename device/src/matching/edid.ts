/** What a display says that it is, over HDMI or DisplayPort. */
export type DisplayIdentity = {
  /** Three letters of its maker, as the UEFI forum gives them out. */
  manufacturer: string;
  productCode: number;
  /** Null for one that does not say it. */
  model: string | null;
};

const header = [0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00];
const blockLength = 128;
/** Where the four descriptors of the base block begin (VESA E-EDID release A, 3.10), and how long each is. */
const descriptorsAt = [54, 72, 90, 108];
const descriptorLength = 18;
const productNameTag = 0xfc;

/** The base block of an EDID; null for what is none, or was not read whole. Pure. */
export function decodeEdid(bytes: Uint8Array): DisplayIdentity | null {
  const block = bytes.subarray(0, blockLength);
  if (block.length < blockLength || header.some((byte, at) => block[at] !== byte)) return null;
  if (block.reduce((sum, byte) => sum + byte, 0) % 256 !== 0) return null;
  const view = new DataView(block.buffer, block.byteOffset, blockLength);
  // 3.4.1: three letters of five bits, A being 1. 3.4.2: the product's number, its lower byte first.
  const id = view.getUint16(8);
  const letters = [id >> 10, id >> 5, id].map((bits) => String.fromCharCode(0x40 + (bits & 0x1f)));
  return { manufacturer: letters.join(''), productCode: view.getUint16(10, true), model: productName(block) };
}

/** 3.10.3.4: 13 letters, ended by a line feed and filled with blanks. */
function productName(block: Uint8Array): string | null {
  for (const at of descriptorsAt) {
    const descriptor = block.subarray(at, at + descriptorLength);
    // A descriptor of a display, and not of a timing, begins with three zeros (3.10.3).
    if (descriptor[0] !== 0 || descriptor[1] !== 0 || descriptor[2] !== 0 || descriptor[3] !== productNameTag) continue;
    const [name = ''] = String.fromCharCode(...descriptor.subarray(5)).split('\n');
    return name.trim() === '' ? null : name.trim();
  }
  return null;
}
