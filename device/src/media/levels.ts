/** The loudest channel's root mean square in a `level` message, in dB; null for silence, which `level` calls -inf. */
export function parseRms(message: string): number | null {
  const list = /\brms=\([^)]*\)\s*<([^>]*)>/.exec(message)?.[1] ?? '';
  const values = list.split(',').map(Number.parseFloat).filter(Number.isFinite);
  return values.length > 0 ? Math.max(...values) : null;
}
