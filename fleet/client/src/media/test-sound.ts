/** Three rising notes, long enough to find out where they come from. Hz. */
const notesHz = [392, 523.25, 659.25];
const noteS = 0.32;
const sampleRate = 16_000;
const loudness = 0.3;

/** The notes as a WAV file: 16 bits, one channel. */
export function testSoundFile(): Uint8Array<ArrayBuffer> {
  const perNote = Math.round(noteS * sampleRate);
  const bytes = new Uint8Array(44 + notesHz.length * perNote * 2);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  // RIFF WAVE: the chunk `fmt ` says PCM, the chunk `data` holds the samples.
  word(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, bytes.length - 44, true);
  for (const [index, hz] of notesHz.entries()) {
    for (let at = 0; at < perNote; at++) {
      // Swells and fades within each note, so that nothing clicks.
      const swell = Math.sin((Math.PI * at) / perNote);
      const sample = Math.sin((2 * Math.PI * hz * at) / sampleRate) * swell * loudness;
      view.setInt16(44 + (index * perNote + at) * 2, Math.round(sample * 0x7fff), true);
    }
  }
  return bytes;
}

/** `blocked`: the browser plays nothing before the person touched the page. */
export type Playback = 'played' | 'blocked' | 'failed';

/** Plays the notes on a speaker (null: the system's), to their end or until `signal` aborts. */
export async function playTestSound(speakerId: string | null, { signal }: { signal: AbortSignal }): Promise<Playback> {
  const url = URL.createObjectURL(new Blob([testSoundFile()], { type: 'audio/wav' }));
  const audio = new Audio(url);
  const stop = () => audio.pause();
  signal.addEventListener('abort', stop, { once: true });
  const { promise: over, resolve } = Promise.withResolvers<void>();
  audio.onended = () => resolve();
  audio.onpause = () => resolve();
  try {
    if (speakerId !== null) await audio.setSinkId(speakerId);
    await audio.play();
    await over;
    return 'played';
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'blocked' : 'failed';
  } finally {
    signal.removeEventListener('abort', stop);
    URL.revokeObjectURL(url);
  }
}
