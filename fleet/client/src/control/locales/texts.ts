import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The words of meeting control and chat. */
export const controlTexts = defineTexts('control', { en, 'zh-CN': zhCN });
