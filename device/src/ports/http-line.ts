import { z } from 'zod';

/**
 * What goes over a line to a device that is asked over HTTP: each piece is one whole message, a request (always a POST) or
 * its response, as JSON. A response bears the number of its request, so that an urgent one need not wait for another's.
 */
export const httpRequest = z.object({
  number: z.int(),
  path: z.string().startsWith('/'),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type HttpRequest = z.infer<typeof httpRequest>;

export const httpResponse = z.object({
  number: z.int(),
  status: z.int(),
  /** Names in small letters. */
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type HttpResponse = z.infer<typeof httpResponse>;

export const packMessage = (message: HttpRequest | HttpResponse): Uint8Array =>
  Uint8Array.from(Buffer.from(JSON.stringify(message)));

/** The message in `bytes`; null for what is none, as the half of one. */
export function unpackMessage<Message>(schema: z.ZodType<Message>, bytes: Uint8Array): Message | null {
  const parsed = schema.safeParse(jsonOf(bytes));
  return parsed.success ? parsed.data : null;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null; // Cut short: no message.
  }
}
