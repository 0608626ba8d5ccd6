/** A line of a table as it was written: where it begins in the file, and its cells. */
export type TableLine = { line: number; cells: string[] };

export class UnclosedQuote extends Error {
  override readonly name = 'UnclosedQuote';
  readonly line: number;

  constructor(line: number) {
    super(`the quotation mark in line ${line} is not closed`);
    this.line = line;
  }
}

/** Excel writes the separator of the machine's region: whichever the first line has most of. */
function separatorOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const counted = [',', ';', '\t'].map((separator) => ({ separator, n: first.split(separator).length }));
  return counted.reduce((most, each) => (each.n > most.n ? each : most)).separator;
}

/**
 * Reads CSV (RFC 4180) with line breaks of every kind. An apostrophe before what a spreadsheet would calculate is a
 * mark of whoever wrote the file (table-file.ts), not a part of the text. Stops after `limit` lines that are not empty.
 */
export function parseCsv(text: string, limit: number): TableLine[] {
  const separator = separatorOf(text);
  const lines: TableLine[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length && lines.length < limit) {
    const begins = line;
    const cells: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? readQuoted(text, at, line, separator) : readPlain(text, at, separator);
      line += cell.breaks;
      at = cell.end;
      cells.push(cell.text.replace(/^'(?=[=+\-@\t\r])/, '').trim());
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    line += 1;
    if (cells.some((cell) => cell !== '')) lines.push({ line: begins, cells });
  }
  return lines;
}

type Cell = { text: string; end: number; breaks: number };

function readPlain(text: string, start: number, separator: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { text: text.slice(start, end), end, breaks: 0 };
}

/** The text between two quotation marks, of which two in a row are one, and what follows up to the separator. */
function readQuoted(text: string, start: number, line: number, separator: string): Cell {
  let close = text.indexOf('"', start + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close === -1) throw new UnclosedQuote(line);
  const inner = text.slice(start + 1, close);
  const rest = readPlain(text, close + 1, separator);
  return {
    text: inner.replaceAll('""', '"') + rest.text,
    end: rest.end,
    breaks: inner.match(/\r\n|\r|\n/g)?.length ?? 0,
  };
}

/** UTF-8 with or without its mark; UTF-16 with one; else what Excel in Chinese writes, which is no valid UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  }
}
