import { useEffect, useState } from 'react';

const everyMs = 100;
/** Speech at arm's length stays below a tenth of full scale; this makes it fill most of the meter. */
const gain = 6;

/**
 * How loud the microphone is, 0…1; null while it cannot be measured. Browsers let sound be measured only after somebody
 * touched the page, so a first touch or key starts it.
 */
export function useLevel(stream: MediaStream, isOn: boolean): number | null {
  const [level, setLevel] = useState<number | null>(null);
  useEffect(() => {
    if (!isOn || stream.getAudioTracks().length === 0) return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const wake = () => {
      context.resume().catch(() => undefined); // Closed meanwhile: nothing is measured any more.
    };
    const timer = setInterval(() => {
      if (context.state !== 'running') return;
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      setLevel(Math.min(1, Math.sqrt(power) * gain));
    }, everyMs);
    addEventListener('pointerdown', wake);
    addEventListener('keydown', wake);
    return () => {
      clearInterval(timer);
      removeEventListener('pointerdown', wake);
      removeEventListener('keydown', wake);
      setLevel(null);
      context.close().catch(() => undefined); // Closed already.
    };
  }, [stream, isOn]);
  return level;
}
