import { z } from 'zod';

/** Cursor paging: pass `cursor` of the last answer to get the next page; null means the end. */
export const pageQuery = z.strictObject({
  cursor: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Case-insensitive part of a name. */
  search: z.string().trim().max(100).optional(),
});

export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().min(0) });
}

/** A name that people give: trimmed, 1 to 80 characters, no control characters. */
export const givenName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');

/** E.164: plus, country code, number, without blanks. */
export const phoneNumber = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'expected a number with its country code such as +8613800138000');

/** E-mail address. */
export const emailAddress = z.email().max(254);

/** IANA time zone that this machine knows. */
export const timeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
    } catch {
      return false;
    }
  }, 'expected an IANA time zone such as Asia/Shanghai');
