import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { toCsv, writeTable } from './table-file.ts';

const table = {
  name: 'People',
  head: ['Name', 'Minutes'],
  rows: [
    ['=HYPERLINK("http://x.test")', 5],
    ['Lin, "Yuehan"', 12],
    ['+1\nsecond line', 0],
    ['赵敏', 3],
  ],
};

describe('a table as CSV', () => {
  it('is quoted, and nothing in it is calculated', () => {
    expect(toCsv(table)).toBe(
      '\uFEFFName,Minutes\r\n"\'=HYPERLINK(""http://x.test"")",5\r\n"Lin, ""Yuehan""",12\r\n"\'+1\nsecond line",0\r\n赵敏,3\r\n',
    );
  });
});

describe('a table as XLSX', () => {
  it('opens with the same texts, none of them a formula', async () => {
    const file = await writeTable(table, 'xlsx', 'people');
    const workbook = new exceljs.Workbook();
    const { buffer } = Uint8Array.from(Buffer.from(file.content));
    await workbook.xlsx.load(buffer);
    const sheet = workbook.getWorksheet('People');
    const rows = sheet?.getSheetValues().slice(2) ?? [];
    expect(rows.map((row) => (Array.isArray(row) ? row.slice(1) : row))).toEqual(table.rows);
    expect(sheet?.getCell('A2').type).toBe(exceljs.ValueType.String);
  });
});
