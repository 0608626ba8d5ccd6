import { z } from 'zod';
import { importId } from '../ids.ts';
import { importFault, importFileBytes } from '../people/import.ts';
import { route } from './route.ts';

const tableTypes = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const;
const format = z.strictObject({ format: z.enum(['csv', 'xlsx']).default('xlsx') });

/** Base64 writes three bytes as four characters. */
const contentLimit = Math.ceil(importFileBytes / 3) * 4;

const file = z.strictObject({
  filename: z.string().trim().min(1).max(200),
  /** CSV or XLSX in base64; which of them shows in its first bytes. */
  content: z.string().min(1).max(contentLimit),
});
/** The file, and the name and the quotes around it. */
const bodyLimitBytes = contentLimit + 4096;

/** What would become of a file's rows: whoever is not named among the refused is added. */
export const importCheck = z.object({
  rows: z.int(),
  good: z.int(),
  refused: z.array(z.object({ line: z.int(), name: z.string(), faults: z.array(importFault) })),
});
export type ImportCheck = z.infer<typeof importCheck>;

export const importOutcome = z.object({ id: importId, rows: z.int(), added: z.int(), refused: z.int() });
export type ImportOutcome = z.infer<typeof importOutcome>;

/** People from a file: those whose rows are right are added all at once, or none of them. */
export const importRoutes = {
  template: route({
    method: 'GET',
    path: '/imports/template',
    access: 'users',
    summary: 'A file with the heads of all columns, to fill in',
    query: format,
    success: { status: 200, body: null, file: tableTypes },
  }),
  check: route({
    method: 'POST',
    path: '/imports/check',
    access: 'users',
    summary: 'Dry run: which rows would not be added, and why',
    body: file,
    bodyLimitBytes,
    success: { status: 200, body: importCheck },
  }),
  create: route({
    method: 'POST',
    path: '/imports',
    access: 'users',
    summary: 'Add the people of a file; each gets a one-time link to set a password',
    body: file,
    bodyLimitBytes,
    success: { status: 201, body: importOutcome },
  }),
  result: route({
    method: 'GET',
    path: '/imports/:importId/file',
    access: 'users',
    summary: 'What became of each row; kept for 30 days',
    params: z.strictObject({ importId }),
    query: format,
    success: { status: 200, body: null, file: tableTypes },
  }),
};
