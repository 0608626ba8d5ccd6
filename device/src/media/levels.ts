/** `level` gives digital silence as about -700 dB, or as -inf. */
const silenceDb = -200;

/** The loudest channel's root mean square in a `level` message, in dB; null for silence. */
export function parseRms(message: string): number | null {
  const list = /\brms=\([^)]*\)\s*<([^>]*)>/.exec(message)?.[1] ?? '';
  const values = list
    .split(',')
    .map(Number.parseFloat)
    .filter((value) => value > silenceDb);
  return values.length > 0 ? Math.max(...values) : null;
}
