// Not countries, though CLDR names them: unions, the UN, and codes for "unknown" and for tests.
const others = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Codes of ISO 3166-1 that this browser knows; those of countries that are no more lead to another and are left out. */
const codes = letters
  .flatMap((first) => letters.map((second) => first + second))
  .filter((code) => !others.has(code) && new Intl.Locale(`und-${code}`).region === code && nameIn('en', code));

function nameIn(language: string, code: string): string | undefined {
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(code);
}

/** Every country or region with its name in the reader's language, sorted by it. */
export function countriesIn(language: string): { value: string; label: string }[] {
  const names = codes.map((value) => ({ value, label: nameIn(language, value) ?? value }));
  return names.sort((a, b) => a.label.localeCompare(b.label, language));
}
