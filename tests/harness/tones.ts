import { open } from 'node:fs/promises';
import type { Page } from 'playwright-core';

const sampleRateHz = 48_000;

/**
 * Level of `toneHz` in the last `seconds` of a raw recording (S16LE, 48 kHz, mono), as a share of all its energy:
 * near 1 for the pure tone, near 0 for silence or another sound. Goertzel's algorithm.
 */
export async function toneShareInRecording(file: string, toneHz: number, seconds = 0.5): Promise<number> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  const wanted = Math.min(size - (size % 2), sampleRateHz * seconds * 2);
  const bytes = Buffer.alloc(wanted);
  await handle.read(bytes, 0, wanted, size - (size % 2) - wanted);
  const samples = Array.from({ length: wanted / 2 }, (_, index) => bytes.readInt16LE(index * 2) / 32_768);
  return toneShare(samples, toneHz);
}

export function toneShare(samples: readonly number[], toneHz: number): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  if (samples.length === 0 || energy / samples.length < 1e-7) return 0;
  const coefficient = 2 * Math.cos((2 * Math.PI * toneHz) / sampleRateHz);
  let previous = 0;
  let beforePrevious = 0;
  for (const sample of samples) {
    const next = sample + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = next;
  }
  const power = previous * previous + beforePrevious * beforePrevious - coefficient * previous * beforePrevious;
  return (2 * power) / (samples.length * energy);
}

/** The loudest frequency of what the page's media elements play, in Hz; null when it is silent. */
export function loudestToneInPage(page: Page, selector: string): Promise<number | null> {
  return page.evaluate(async (wanted) => {
    const element = document.querySelector<HTMLMediaElement>(wanted);
    const stream = element?.srcObject;
    if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return null;
    const context = new AudioContext({ sampleRate: 48_000 });
    try {
      const analyser = context.createAnalyser();
      analyser.fftSize = 16_384;
      context.createMediaStreamSource(stream).connect(analyser);
      const bins = new Float32Array(analyser.frequencyBinCount);
      await new Promise((resolve) => setTimeout(resolve, 600));
      analyser.getFloatFrequencyData(bins);
      const loudest = bins.reduce((best, level, index) => (level > (bins[best] ?? -Infinity) ? index : best), 0);
      return (bins[loudest] ?? -Infinity) < -75 ? null : (loudest * context.sampleRate) / analyser.fftSize;
    } finally {
      await context.close();
    }
  }, selector);
}
