import { readFile } from 'node:fs/promises';
import { decode } from 'jpeg-js';
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
