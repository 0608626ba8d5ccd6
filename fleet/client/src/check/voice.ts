/** Whether a run of levels is somebody who speaks. Levels are in dB below full scale, one each `everyMs`. */
export type Heard = 'silence' | 'noise' | 'voice';

/** Below this a microphone is switched off at its cable, or muted by the system. */
const silenceDb = -70;
/** A voice stands out of the room by this much, and is at least this loud. */
const aboveRoomDb = 8;
const quietestVoiceDb = -50;
/** A click or a beep is shorter. */
const shortestRunMs = 400;
const leastVoiceMs = 1_000;
/** Between syllables. */
const gapMs = 150;

export function hear(levelsDb: readonly number[], everyMs: number): Heard {
  if (levelsDb.every((level) => level < silenceDb)) return 'silence';
  const loudFromDb = Math.max(roomOf(levelsDb) + aboveRoomDb, quietestVoiceDb);
  const runs = loudRuns(levelsDb, loudFromDb, gapMs / everyMs).map((length) => length * everyMs);
  const isSustained = runs.some((ms) => ms >= shortestRunMs);
  const totalMs = runs.filter((ms) => ms >= shortestRunMs / 2).reduce((sum, ms) => sum + ms, 0);
  return isSustained && totalMs >= leastVoiceMs ? 'voice' : 'noise';
}

/** The noise of the room: what a fifth of the time stays below. */
function roomOf(levelsDb: readonly number[]): number {
  const sorted = [...levelsDb].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 5)] ?? silenceDb;
}

/** Lengths of what is loud, counted in levels; short gaps belong to it. */
function loudRuns(levelsDb: readonly number[], fromDb: number, longestGap: number): number[] {
  const runs: number[] = [];
  let lastLoud = Number.NEGATIVE_INFINITY;
  for (const [at, level] of levelsDb.entries()) {
    if (level < fromDb) continue;
    const gap = at - lastLoud - 1;
    if (gap <= longestGap) runs.push((runs.pop() ?? 0) + gap + 1);
    else runs.push(1);
    lastLoud = at;
  }
  return runs;
}

/** The level of some samples. */
export function levelDbOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  return power === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(power);
}
