import type { FileAnswer } from '@anteroom/shared/api/route.ts';

/** A table that people take away: texts and numbers only. */
export type Table = { name: string; head: readonly string[]; rows: readonly (readonly (string | number)[])[] };
export type TableFormat = 'csv' | 'xlsx';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export async function writeTable(table: Table, format: TableFormat, filename: string): Promise<FileAnswer> {
  if (format === 'csv')
    return { contentType: 'text/csv; charset=utf-8', filename: `${filename}.csv`, content: toCsv(table) };
  // A third of the time that the fleet takes to load, for something that is asked for now and then.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet(table.name);
  sheet.addRow([...table.head]).font = { bold: true };
  // A text stays a text in a cell of XLSX, whatever it begins with: only `formula` values are calculated.
  for (const row of table.rows) sheet.addRow([...row]);
  sheet.columns.forEach((column, index) => {
    column.width = 24;
    // Else a phone number that is typed loses its plus, and a long one its last digits.
    if (table.rows.every((row) => typeof row[index] === 'string')) column.numFmt = '@';
  });
  return {
    contentType: xlsxType,
    filename: `${filename}.xlsx`,
    content: new Uint8Array(await workbook.xlsx.writeBuffer()),
  };
}

/** CSV as RFC 4180 writes it, with the byte order mark by which Excel knows UTF-8. */
export function toCsv({ head, rows }: Table): string {
  const lines = [head, ...rows].map((row) => row.map(toCell).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** A spreadsheet calculates what begins so; an apostrophe makes it a text (OWASP, CSV injection). */
const formulaStart = /^[=+\-@\t\r]/;

function toCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
