import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

export const startTexts = defineTexts('start', { en, 'zh-CN': zhCN });
