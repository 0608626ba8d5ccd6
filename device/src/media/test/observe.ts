import { readFile } from 'node:fs/promises';
import { decode, encode } from 'jpeg-js';
import jsQR from 'jsqr';

/** Text of the code in a picture of the room display; null when none can be read. */
export async function readCode(file: string): Promise<string | null> {
  return (await findCode(file))?.text ?? null;
}

/** The same, with where the code's middle is and how wide it is, as parts of the picture's width. */
export async function findCode(file: string): Promise<{ text: string; middle: number; width: number } | null> {
  const { data, width, height } = decode(await readFile(file), { useTArray: true, formatAsRGBA: true });
  // jsqr is CommonJS: its types say default export, Node gives the namespace.
  const read = (typeof jsQR === 'function' ? jsQR : Reflect.get(jsQR, 'default')) as typeof jsQR.default;
  const found = read(new Uint8ClampedArray(data), width, height);
  if (!found) return null;
  const { topLeftCorner: from, bottomRightCorner: to } = found.location;
  return { text: found.data, middle: (from.x + to.x) / 2 / width, width: (to.x - from.x) / width };
}

/** The brightest red in the upper left of a picture, 0…255: a drawn camera has only its plain ground there. */
export async function brightestAtUpperLeft(file: string): Promise<number> {
  const { data, width, height } = decode(await readFile(file), { useTArray: true });
  let most = 0;
  for (let y = 0; y < height / 2; y++)
    for (let x = 0; x < width / 5; x++) most = Math.max(most, data[4 * (y * width + x)] ?? 0);
  return most;
}

/** Red, green and blue, 0…255, at a place given in parts of the picture's width and height. */
export async function colourAt(file: string, x: number, y: number): Promise<[number, number, number]> {
  const { data, width, height } = decode(await readFile(file), { useTArray: true, formatAsRGBA: true });
  const first = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
  return [data[first] ?? 0, data[first + 1] ?? 0, data[first + 2] ?? 0];
}

/** A JPEG of one colour. */
export function plainPicture(red: number, green: number, blue: number): Buffer {
  const size = { width: 640, height: 360 };
  const data = Buffer.alloc(4 * size.width * size.height, Buffer.from([red, green, blue, 255]));
  return encode({ ...size, data }, 90).data;
}

/** Mean brightness of a picture, 0…255: tells an empty stage from a picture. */
export async function readBrightness(file: string): Promise<number> {
  const { data } = decode(await readFile(file), { useTArray: true, formatAsRGBA: true });
  let sum = 0;
  for (let index = 0; index < data.length; index += 4) sum += data[index] ?? 0;
  return sum / (data.length / 4);
}

const sampleRate = 48_000;

/** Amplitude (1 is full scale) of `frequencyHz` in the last `seconds` of raw S16LE mono at 48 kHz: Goertzel's algorithm. */
export function toneLevel(pcm: Buffer, frequencyHz: number, seconds: number): number {
  const count = Math.min(Math.floor(pcm.length / 2), Math.floor(seconds * sampleRate));
  const first = Math.floor(pcm.length / 2) - count;
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / sampleRate);
  let previous = 0;
  let beforeThat = 0;
  for (let index = 0; index < count; index++) {
    const current = pcm.readInt16LE((first + index) * 2) / 32_768 + coefficient * previous - beforeThat;
    beforeThat = previous;
    previous = current;
  }
  const power = previous ** 2 + beforeThat ** 2 - coefficient * previous * beforeThat;
  return (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, count);
}
