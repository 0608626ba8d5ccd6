import type { LocalizedText } from '../text.ts';

/** What a code means on every door: HTTP status, whether the same call may succeed later, what happened and what to do. */
export type ErrorEntry = { status: number; isRetryable: boolean; text: LocalizedText };

export const entry = (status: number, isRetryable: boolean, en: string, zh: string): ErrorEntry => ({
  status,
  isRetryable,
  text: { en, 'zh-CN': zh },
});
