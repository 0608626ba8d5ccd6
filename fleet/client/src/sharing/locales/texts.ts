import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The words of sharing a screen. */
export const sharingTexts = defineTexts('sharing', { en, 'zh-CN': zhCN });
