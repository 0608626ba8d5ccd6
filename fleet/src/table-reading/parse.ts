import type { Cell, Row } from 'exceljs';
import { checkUnpackedSize } from './archive.ts';
import { decodeText, parseCsv, type TableLine } from './csv.ts';

/** Ten thousand people with every column full, five times over. */
const unpackedLimitBytes = 48 * 1024 * 1024;

/** The lines of a CSV file or of the first sheet of an XLSX file that are not empty, at most `limit` of them. */
export async function parseTable(bytes: Buffer, limit: number): Promise<TableLine[]> {
  const isArchive = bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'));
  if (!isArchive) return parseCsv(decodeText(bytes), limit);
  checkUnpackedSize(bytes, unpackedLimitBytes);
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  // exceljs wants the type of another version of Node's buffers.
  await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
  const lines: TableLine[] = [];
  workbook.worksheets[0]?.eachRow((row, line) => {
    if (lines.length >= limit) return;
    const cells = readCells(row);
    if (cells.some((cell) => cell !== '')) lines.push({ line, cells });
  });
  return lines;
}

function readCells(row: Row): string[] {
  const cells: string[] = [];
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    cells[column - 1] = readCell(cell);
  });
  return cells;
}

/** As the sheet shows it; of a formula its result, of an address that became a link its text. */
function readCell(cell: Cell): string {
  const { value } = cell;
  if (value === null || value === undefined) return '';
  return (typeof value === 'number' ? String(value) : cell.text).trim();
}
