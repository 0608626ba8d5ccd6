import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** The number in E.164 of what somebody typed with its country code; null when it is no number that exists. */
export function toE164(text: string): string | null {
  const number = parsePhoneNumberFromString(text.trim().replace(/^00/, '+'));
  return number?.isValid() ? number.number : null;
}

/** The same for a form: what is no number is the caller's fault. */
export function readPhone(text: string): string {
  const phone = toE164(text);
  if (phone === null) throw new ProblemError('phone_invalid', { phone: text });
  return phone;
}
