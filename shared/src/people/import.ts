import { z } from 'zod';
import type { LocalizedText } from '../text.ts';

/** Largest file of people, and the most people in one. */
export const importFileBytes = 4 * 1024 * 1024;
export const importRowLimit = 10_000;

/** Columns of the file, by the words of their heads. A head may be in either language, and columns in any order. */
export const importColumns = {
  name: { en: 'Name', 'zh-CN': '姓名' },
  phone: { en: 'Phone', 'zh-CN': '手机号' },
  email: { en: 'E-mail', 'zh-CN': '邮箱' },
  department: { en: 'Department', 'zh-CN': '部门' },
  position: { en: 'Position', 'zh-CN': '职位' },
  sortNumber: { en: 'Sort number', 'zh-CN': '排序号' },
  remark: { en: 'Remark', 'zh-CN': '备注' },
  kind: { en: 'Account', 'zh-CN': '账号类型' },
  language: { en: 'Language', 'zh-CN': '语言' },
} as const satisfies Record<string, LocalizedText>;

export const importColumn = z.enum(
  // `Object.keys` forgets which keys an object has.
  Object.keys(importColumns) as [keyof typeof importColumns, ...(keyof typeof importColumns)[]],
);
export type ImportColumn = z.infer<typeof importColumn>;

/** What a row may say in columns of few words; any of them in either language. */
export const importKinds = {
  standard: { en: 'standard', 'zh-CN': '标准' },
  console: { en: 'console', 'zh-CN': '管理' },
} as const satisfies Record<string, LocalizedText>;
export const importLanguages = {
  en: { en: 'English', 'zh-CN': '英文' },
  'zh-CN': { en: 'Chinese', 'zh-CN': '简体中文' },
} as const satisfies Record<string, LocalizedText>;

/** Why a row is not added, and what to write instead. */
export const importFaults = {
  name_missing: { en: 'The name is missing.', 'zh-CN': '缺少姓名。' },
  name_invalid: {
    en: 'The name is longer than 80 characters or holds control characters.',
    'zh-CN': '姓名超过 80 个字符或包含控制字符。',
  },
  phone_invalid: {
    en: '{value} is no phone number that exists. Write it with its country code, such as +8613800138000.',
    'zh-CN': '{value} 不是有效的电话号码，请填写国家码，例如 +8613800138000。',
  },
  phone_twice: { en: 'Line {line} has the same phone number.', 'zh-CN': '手机号与第 {line} 行重复。' },
  phone_taken: { en: 'An account has this phone number already.', 'zh-CN': '该手机号已有账号。' },
  email_invalid: { en: '{value} is no e-mail address.', 'zh-CN': '{value} 不是有效的邮箱地址。' },
  email_twice: { en: 'Line {line} has the same e-mail address.', 'zh-CN': '邮箱与第 {line} 行重复。' },
  email_taken: { en: 'An account has this e-mail address already.', 'zh-CN': '该邮箱已有账号。' },
  recipient_missing: {
    en: 'Phone and e-mail are both missing: the link to set a password goes to one of them.',
    'zh-CN': '手机号和邮箱均为空，无法发送设置密码的链接。',
  },
  department_unknown: {
    en: 'There is no one department {value}. Create it first, or write its whole path: Sales/North.',
    'zh-CN': '找不到唯一的部门“{value}”，请先创建，或填写完整路径，例如 销售部/华北区。',
  },
  outside_scope: {
    en: 'You manage other departments than this one.',
    'zh-CN': '该部门不在您的管理范围内。',
  },
  too_long: { en: 'At most {limit} characters fit here.', 'zh-CN': '此列最多 {limit} 个字符。' },
  sort_number_invalid: {
    en: '{value} is no whole number from 0 to 999999.',
    'zh-CN': '{value} 不是 0 至 999999 的整数。',
  },
  kind_unknown: { en: '{value} is neither standard nor console.', 'zh-CN': '{value} 不是“标准”或“管理”。' },
  language_unknown: { en: '{value} is neither English nor Chinese.', 'zh-CN': '{value} 不是“英文”或“简体中文”。' },
} as const satisfies Record<string, LocalizedText>;

export const importFault = z.object({
  column: importColumn,
  code: z.enum(Object.keys(importFaults) as [keyof typeof importFaults, ...(keyof typeof importFaults)[]]),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ImportFault = z.infer<typeof importFault>;
