import type { z } from 'zod';
import type { RouteAccess } from './access.ts';

/** One row of the REST contract. Paths are below /api/v1 and write parameters as `:name`. */
export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  access: RouteAccess;
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** For a body that is larger than what every route takes. */
  bodyLimitBytes?: number;
  /** Status of success and its body; null for 204, and for a file, whose media types are named. */
  success: { status: 200 | 201 | 202 | 204; body: z.ZodType | null; file?: readonly string[] };
};

/** Keeps the row's exact types, so that client and handler are typed from it. */
export function route<const R extends Route>(row: R): R {
  return row;
}

export type RouteParams<R extends Route> = R['params'] extends z.ZodType ? z.infer<R['params']> : undefined;
export type RouteQuery<R extends Route> = R['query'] extends z.ZodType ? z.infer<R['query']> : undefined;
export type RouteBody<R extends Route> = R['body'] extends z.ZodType ? z.input<R['body']> : undefined;
/** What a route answers that gives a file. */
export type FileAnswer = { contentType: string; filename: string; content: string | Uint8Array };

export type RouteAnswer<R extends Route> = R['success']['body'] extends z.ZodType
  ? z.infer<R['success']['body']>
  : R['success'] extends { file: readonly string[] }
    ? FileAnswer
    : undefined;
