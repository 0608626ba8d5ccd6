import { z } from 'zod';
import { type Language, localize } from '../text.ts';
import { type ErrorCode, errorCatalogue } from './catalogue.ts';

/** Problem details (RFC 9457) with our code, the values of its text, and the fields at fault. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string(),
  detail: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  isRetryable: z.boolean(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

export type ProblemValues = Record<string, string | number>;
export type FieldFault = { path: string; message: string };

/** An expected refusal that a door translates into problem details. */
export class ProblemError extends Error {
  readonly code: ErrorCode;
  readonly values: ProblemValues;
  readonly fields: FieldFault[] | undefined;

  constructor(code: ErrorCode, values: ProblemValues = {}, options: { cause?: unknown; fields?: FieldFault[] } = {}) {
    super(localize(errorCatalogue[code].text, 'en', values), { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.values = values;
    this.fields = options.fields;
  }
}

/** The problem document of `code`, in `lang`. */
export function toProblem(code: ErrorCode, lang: Language, values: ProblemValues = {}, fields?: FieldFault[]): Problem {
  const { status, isRetryable, text } = errorCatalogue[code];
  const detail = localize(text, lang, values);
  return {
    type: `urn:anteroom:problem:${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    detail,
    values,
    isRetryable,
    ...(fields ? { fields } : {}),
  };
}
