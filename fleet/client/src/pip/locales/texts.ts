import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The words about picture-in-picture. */
export const pipTexts = defineTexts('pip', { en, 'zh-CN': zhCN });
