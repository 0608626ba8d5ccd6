import type { Table } from '../table-file.ts';

/** A file of that many people, each with a number and an address of their own; bad rows have a number that is none. */
export function peopleFile({ rows, isBad }: { rows: number; isBad: (index: number) => boolean }): Table {
  return {
    name: 'People',
    head: ['Name', 'Phone', 'E-mail', 'Position', 'Remark'],
    rows: Array.from({ length: rows }, (_none, index) => [
      `Person ${index}`,
      isBad(index) ? `12-${index}` : `+861380${String(1_000_000 + index)}`,
      `person.${index}@people.test`,
      'Engineer',
      'second floor',
    ]),
  };
}
