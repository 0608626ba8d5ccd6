import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

export const boardTexts = defineTexts('whiteboard', { en, 'zh-CN': zhCN });
