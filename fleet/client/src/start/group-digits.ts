/** A meeting's number as people read it: 418 205 736. */
export function groupDigits(number: string): string {
  return number.replace(/(\d{3})(?=\d)/g, '$1\u00a0');
}
