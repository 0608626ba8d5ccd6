import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

export const checkTexts = defineTexts('check', { en, 'zh-CN': zhCN });
