const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** `Firefox, Windows` of a User-Agent (RFC 9110 §10.1.5), as far as it tells; null when it tells nothing. */
export function browserName(userAgent: string): string | null {
  // The first that fits: Edge also says Chrome, and Chrome also says Safari.
  const found = [browsers, systems].flatMap((kinds) => kinds.find(([mark]) => userAgent.includes(mark))?.[1] ?? []);
  return found.length === 0 ? null : found.join(', ');
}
