import {
  type ImportColumn,
  importColumn,
  importColumns,
  importFault,
  importFaults,
} from '@anteroom/shared/people/import.ts';
import { type Language, type LocalizedText, localize } from '@anteroom/shared/text.ts';
import { z } from 'zod';
import type { Table } from '../../table-file.ts';
import { resultColumns } from './rules.ts';

const words = {
  people: { en: 'People', 'zh-CN': '人员' },
  added: { en: 'added', 'zh-CN': '已添加' },
  refused: { en: 'not added', 'zh-CN': '未添加' },
} as const satisfies Record<string, LocalizedText>;

/** How the outcome of an import is kept. */
export const outcome = z.array(
  z.object({ line: z.int(), cells: z.record(importColumn, z.string()), faults: z.array(importFault) }),
);
export type Outcome = z.infer<typeof outcome>;

/** Heads of all columns and nothing below. */
export function templateTable(language: Language): Table {
  return { name: words.people[language], head: heads(language), rows: [] };
}

/** The rows as they were written, with what became of each. What was not added can be corrected and imported again. */
export function resultTable(rows: Outcome, language: Language): Table {
  const { line, result, why } = resultColumns;
  return {
    name: words.people[language],
    head: [line[language], result[language], why[language], ...heads(language)],
    rows: rows.map((row) => [
      row.line,
      (row.faults.length === 0 ? words.added : words.refused)[language],
      row.faults.map(({ code, values }) => localize(importFaults[code], language, values)).join(' '),
      ...importColumn.options.map((column: ImportColumn) => row.cells[column]),
    ]),
  };
}

function heads(language: Language): string[] {
  return importColumn.options.map((column) => importColumns[column][language]);
}
