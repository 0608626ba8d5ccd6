import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** What the own network does, in words. */
export const networkTexts = defineTexts('network', { en, 'zh-CN': zhCN });
