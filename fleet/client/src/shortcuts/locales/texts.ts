import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The words about the keyboard. */
export const shortcutTexts = defineTexts('shortcuts', { en, 'zh-CN': zhCN });
