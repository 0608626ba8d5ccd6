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
  /** Status of success and its body; null for 204. */
  success: { status: 200 | 201 | 202 | 204; body: z.ZodType | null };
};

/** Keeps the row's exact types, so that client and handler are typed from it. */
export function route<const R extends Route>(row: R): R {
  return row;
}

export type RouteParams<R extends Route> = R['params'] extends z.ZodType ? z.infer<R['params']> : undefined;
export type RouteQuery<R extends Route> = R['query'] extends z.ZodType ? z.infer<R['query']> : undefined;
export type RouteBody<R extends Route> = R['body'] extends z.ZodType ? z.input<R['body']> : undefined;
export type RouteAnswer<R extends Route> = R['success']['body'] extends z.ZodType
  ? z.infer<R['success']['body']>
  : undefined;
