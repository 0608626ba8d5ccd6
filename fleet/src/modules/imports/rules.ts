import { givenName } from '@anteroom/shared/api/page.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { DepartmentId } from '@anteroom/shared/ids.ts';
import {
  type ImportColumn,
  type ImportFault,
  importColumn,
  importColumns,
  importKinds,
  importLanguages,
} from '@anteroom/shared/people/import.ts';
import { type Language, type LocalizedText, languages } from '@anteroom/shared/text.ts';
import { z } from 'zod';
import { nameKeyOf } from '../../db/paging.ts';
import { toE164 } from '../../phones.ts';
import type { TableLine } from '../../table-reading/read.ts';
import type { NewMember } from '../accounts/service.ts';

/** What a row says, by column; a column that the file has not says nothing. */
export type ImportRow = { line: number; cells: Record<ImportColumn, string> };
/** A row with whom it would add, and why not. */
export type JudgedRow = ImportRow & { person: NewMember; faults: ImportFault[] };

/** Columns that the result file has beside the others; in a file that is read they mean nothing. */
export const resultColumns = {
  line: { en: 'Line', 'zh-CN': '行号' },
  result: { en: 'Result', 'zh-CN': '结果' },
  why: { en: 'Why', 'zh-CN': '原因' },
} as const satisfies Record<string, LocalizedText>;

const says = (text: LocalizedText, word: string) =>
  languages.some((language) => nameKeyOf(text[language]) === nameKeyOf(word));

/** The rows below the heads. Throws when a head is unknown, there twice, or missing. */
export function readRows([heads, ...lines]: readonly TableLine[]): ImportRow[] {
  if (!heads) throw new ProblemError('import_empty');
  const columns = heads.cells.map((head) => importColumn.options.find((each) => says(importColumns[each], head)));
  const strange = heads.cells.filter(
    (head, index) =>
      head !== '' &&
      (columns[index] === undefined
        ? !Object.values(resultColumns).some((text) => says(text, head))
        : columns.indexOf(columns[index]) !== index),
  );
  const missing: string[] = columns.includes('name') ? [] : [importColumns.name.en];
  if (!columns.includes('phone') && !columns.includes('email')) missing.push(importColumns.phone.en);
  if (strange.length > 0 || missing.length > 0)
    throw new ProblemError('import_columns_wrong', {
      columns: [...strange.map((head) => `+ ${head.slice(0, 40)}`), ...missing.map((head) => `− ${head}`)].join(', '),
    });
  if (lines.length === 0) throw new ProblemError('import_empty');
  return lines.map(({ line, cells }) => {
    const cellOf = (column: ImportColumn) => cells[columns.indexOf(column)] ?? '';
    const entries = importColumn.options.map((column) => [column, columns.includes(column) ? cellOf(column) : '']);
    // An entry for every column, which `fromEntries` does not see.
    return { line, cells: Object.fromEntries(entries) as ImportRow['cells'] };
  });
}

export type Departments = {
  /** Id of the one department that a cell means. */
  find(written: string): DepartmentId | undefined;
  /** What the importing administrator manages; null for the whole organization. */
  managed: ReadonlySet<string> | null;
};

const email = z.email().max(254);
const sortNumberLimit = 999_999;

/** Whom the row would add, by itself: without what other rows and accounts have. */
export function judgeRow(row: ImportRow, departments: Departments, ownLanguage: Language): JudgedRow {
  const { cells } = row;
  const faults: ImportFault[] = [];
  const refuse = (column: ImportColumn, code: ImportFault['code'], values: ImportFault['values'] = {}) => {
    faults.push({ column, code, values });
  };
  const shown = (column: ImportColumn) => ({ value: cells[column].slice(0, 60) });

  if (cells.name === '') refuse('name', 'name_missing');
  else if (!givenName.safeParse(cells.name).success) refuse('name', 'name_invalid');
  const phone = cells.phone === '' ? null : toE164(cells.phone);
  if (cells.phone !== '' && phone === null) refuse('phone', 'phone_invalid', shown('phone'));
  const address = cells.email === '' ? null : cells.email.toLowerCase();
  if (address !== null && !email.safeParse(address).success) refuse('email', 'email_invalid', shown('email'));
  if (cells.phone === '' && address === null) refuse('phone', 'recipient_missing');
  const departmentId = cells.department === '' ? null : departments.find(cells.department);
  if (departmentId === undefined) refuse('department', 'department_unknown', shown('department'));
  else if (departments.managed !== null && !departments.managed.has(departmentId ?? ''))
    refuse('department', 'outside_scope');
  for (const [column, limit] of [['position', 60] as const, ['remark', 200] as const])
    if (cells[column].length > limit) refuse(column, 'too_long', { limit });
  const sortNumber = cells.sortNumber === '' ? 0 : Number(cells.sortNumber);
  if (!Number.isInteger(sortNumber) || sortNumber < 0 || sortNumber > sortNumberLimit)
    refuse('sortNumber', 'sort_number_invalid', shown('sortNumber'));
  const kind = cells.kind === '' ? 'standard' : wordOf(importKinds, cells.kind);
  if (kind === undefined) refuse('kind', 'kind_unknown', shown('kind'));
  const language = cells.language === '' ? ownLanguage : wordOf(importLanguages, cells.language);
  if (language === undefined) refuse('language', 'language_unknown', shown('language'));
  return {
    ...row,
    faults,
    person: {
      ...{ kind: kind ?? 'standard', name: cells.name, phone, email: address, language: language ?? ownLanguage },
      place: { departmentId: departmentId ?? null, position: cells.position, sortNumber, remark: cells.remark },
    },
  };
}

function wordOf<K extends string>(words: Record<K, LocalizedText>, written: string): K | undefined {
  // The keys of a record of K are of K.
  return (Object.keys(words) as K[]).find((key) => nameKeyOf(key) === nameKeyOf(written) || says(words[key], written));
}

/** Refuses every row after the first that has the same phone number or address, per kind of account. */
export function refuseTwice(rows: readonly JudgedRow[]): void {
  for (const field of ['phone', 'email'] as const) {
    const first = new Map<string, number>();
    for (const { line, person, faults } of rows) {
      const value = person[field];
      if (value === null) continue;
      const key = `${person.kind} ${value}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, line);
      else faults.push({ column: field, code: `${field}_twice`, values: { line: earlier } });
    }
  }
}

type Named = { id: DepartmentId; parentId: DepartmentId | null; name: string };

/** Departments by their whole path, `Sales/North`, and by their name alone where only one has it. */
export function createDepartmentFinder(departments: readonly Named[]): Departments['find'] {
  const byId = new Map(departments.map((each) => [each.id, each]));
  const keyOf = (path: string) =>
    path
      .split('/')
      .map((part) => nameKeyOf(part.trim()))
      .join('/');
  const pathOf = ({ parentId, name }: Named): string => {
    const parent = parentId === null ? undefined : byId.get(parentId);
    return parent ? `${pathOf(parent)}/${name}` : name;
  };
  const byPath = new Map(departments.map((each) => [keyOf(pathOf(each)), each.id]));
  const byName = Map.groupBy(departments, ({ name }) => keyOf(name));
  return (written) => {
    const key = keyOf(written);
    const known = byPath.get(key);
    if (known !== undefined) return known;
    const called = byName.get(key) ?? [];
    return called.length === 1 ? called[0]?.id : undefined;
  };
}
