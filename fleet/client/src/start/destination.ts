/** What somebody typed or pasted to get into a meeting. */
export type Destination =
  | { kind: 'number'; number: string }
  /** A meeting's link of another service. */
  | { kind: 'elsewhere'; url: string; host: string }
  | { kind: 'none' };

/** Digits as they are read out, with blanks and hyphens between them, in any width. */
const separators = /[\s\-–.·]+/g;

export function destinationOf(typed: string, origin: string): Destination {
  const text = typed.normalize('NFKC').trim();
  const digits = text.replace(separators, '');
  if (/^\d{9}$/.test(digits)) return { kind: 'number', number: digits };
  // An invitation is pasted whole: the first link of a meeting in it counts.
  const [link] = /(?:https?:\/\/)?[^\s/]+\/m\/\d{9}(?!\d)/i.exec(text) ?? [];
  const url = link === undefined ? null : URL.parse(/^https?:/i.test(link) ? link : `https://${link}`);
  if (!url) return { kind: 'none' };
  if (url.host === new URL(origin).host) return { kind: 'number', number: url.pathname.slice('/m/'.length) };
  return { kind: 'elsewhere', url: url.href, host: url.host };
}
