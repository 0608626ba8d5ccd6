/** Nine digits as people read them out: `418 205 736`. */
export function spacedNumber(number: string): string {
  return number.replace(/(\d{3})(?=\d)/g, '$1 ');
}

/** Where the soft client of a meeting is, on the same host. */
export function clientPath(number: string): string {
  return `/m/${number}`;
}
