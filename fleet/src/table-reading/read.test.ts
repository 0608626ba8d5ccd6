import { deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv, writeTable } from '../table-file.ts';
import { parseCsv } from './csv.ts';
import { readTable } from './read.ts';

const cellsOf = (text: string) => parseCsv(text, 100).map(({ cells }) => cells);

describe('CSV', () => {
  it('is read with separators and line breaks of every kind, and with quoted cells', () => {
    expect(cellsOf('a,b\r\n"c, ""d""",e\n')).toEqual([
      ['a', 'b'],
      ['c, "d"', 'e'],
    ]);
    expect(cellsOf('a;b\rc;d')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(cellsOf('a\tb\n"x"y\tz')).toEqual([
      ['a', 'b'],
      ['xy', 'z'],
    ]);
  });

  it('names lines as they stand in the file, past empty ones and breaks within a cell', () => {
    expect(parseCsv('h\n\n"one\ntwo"\nlast', 10).map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it('is read as it was written', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.trim().replace(/^'+/, ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const lines = cellsOf(toCsv({ name: '', head: ['a', 'b'], rows }).slice(1));
        expect(lines.slice(1)).toEqual(rows.filter((row) => row.some((text) => text !== '')));
      }),
    );
  });
});

describe('a file', () => {
  const read = (bytes: Uint8Array) => readTable(bytes, 100);
  const lines = [
    { line: 1, cells: ['姓名', '手机号'] },
    { line: 2, cells: ['赵敏', '+8613800138000'] },
  ];

  it('of CSV is read in UTF-8, in UTF-16 and as Excel in Chinese saves it', async () => {
    const text = '姓名,手机号\n赵敏,+8613800138000\n';
    expect(await read(Buffer.from(`\uFEFF${text}`))).toEqual({ lines });
    expect(await read(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual({ lines });
    const gb = Buffer.concat([Buffer.from('d0d5c3fb2ccad6bbfabac50a', 'hex'), Buffer.from('d5d4c3f4', 'hex')]);
    expect(await read(Buffer.concat([gb, Buffer.from(',+8613800138000\n')]))).toEqual({ lines });
  });

  it('of XLSX is read with numbers, links and results of formulas as they show', async () => {
    const workbook = new exceljs.Workbook();
    const sheet = workbook.addWorksheet('x');
    sheet.addRow(['Name', 'Phone', 'E-mail', 'Sum']);
    sheet.addRow([]);
    sheet.addRow([
      'Ola',
      8613800138000,
      { text: 'ola@x.test', hyperlink: 'mailto:ola@x.test' },
      { formula: '1+1', result: 2 },
    ]);
    expect(await read(new Uint8Array(await workbook.xlsx.writeBuffer()))).toEqual({
      lines: [
        { line: 1, cells: ['Name', 'Phone', 'E-mail', 'Sum'] },
        { line: 3, cells: ['Ola', '8613800138000', 'ola@x.test', '2'] },
      ],
    });
  });

  it('that is no table is refused', async () => {
    expect(await read(Buffer.from('PK\u0003\u0004 and nothing more'))).toEqual({ fault: 'unreadable' });
    expect(await read(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xff))).toEqual({ fault: 'unreadable' });
    expect(await read(Buffer.from('a,b\n"c,d\n'))).toEqual({ fault: 'unclosed', line: 2 });
  });

  it('that unpacks to more than it says is refused before anything believes it', async () => {
    const file = await writeTable({ name: 'x', head: ['a'], rows: [] }, 'xlsx', 'x');
    expect(await read(bombOf(Buffer.from(file.content)))).toEqual({ fault: 'too_large' });
  });
});

/** The archive with one more entry, of 64 MB that are packed to 64 kB and declared as one byte. */
function bombOf(archive: Buffer): Buffer {
  const packed = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
  const end = archive.length - 22;
  const directory = archive.readUInt32LE(end + 16);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(1, 24);
  entry.writeUInt32LE(directory, 42);
  const tail = Buffer.from(archive.subarray(end));
  tail.writeUInt16LE(archive.readUInt16LE(end + 10) + 1, 10);
  tail.writeUInt32LE(directory + local.length + packed.length, 16);
  return Buffer.concat([archive.subarray(0, directory), local, packed, archive.subarray(directory, end), entry, tail]);
}
