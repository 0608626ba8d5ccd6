import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

export const panelTexts = defineTexts('panel', { en, 'zh-CN': zhCN });
export const useText = panelTexts.useText;
