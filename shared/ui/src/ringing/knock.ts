/**
 * A ring's sound: a knock on wood (look.md), twice, low and short, again every few seconds. A browser that allows no
 * sound before the first touch stays silent; what is shown says the same.
 */
const againEveryMs = 3_000;
/** Instants of the two knocks, s. */
const knocksAtS = [0, 0.2];
const knockS = 0.11;
/** From the strike to the wood's own tone, Hz. */
const strikeHz = 190;
const woodHz = 78;

/** Knocks until the returned function is called. `loudness` 0…1; 0 is silent. */
export function startKnocking(loudness: number): () => void {
  if (loudness <= 0) return () => {};
  const context = new AudioContext();
  const knock = () => {
    if (context.state !== 'running') return;
    for (const atS of knocksAtS) strike(context, context.currentTime + atS, loudness);
  };
  context.onstatechange = knock;
  knock();
  const timer = setInterval(knock, againEveryMs);
  return () => {
    clearInterval(timer);
    context.onstatechange = null;
    context.close().catch((error: unknown) => reportError(error));
  };
}

function strike(context: AudioContext, atS: number, loudness: number): void {
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.setValueAtTime(strikeHz, atS);
  tone.frequency.exponentialRampToValueAtTime(woodHz, atS + knockS / 3);
  gain.gain.setValueAtTime(0.0001, atS);
  gain.gain.exponentialRampToValueAtTime(loudness, atS + 0.004);
  gain.gain.exponentialRampToValueAtTime(0.0001, atS + knockS);
  tone.connect(gain).connect(context.destination);
  tone.start(atS);
  tone.stop(atS + knockS);
}
