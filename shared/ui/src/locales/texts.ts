import { defineTexts } from '../i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The texts of the common components; every page gives them to `createI18n` beside its own. */
export const uiTexts = defineTexts('ui', { en, 'zh-CN': zhCN });
