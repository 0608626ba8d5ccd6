import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './base/en.ts';
import { zhCN } from './base/zh-CN.ts';

/** Texts by area of the console, one folder each; a key begins with its area, so that no two areas share one. */
export const texts = defineTexts('console', { en: { ...en }, 'zh-CN': { ...zhCN } });
