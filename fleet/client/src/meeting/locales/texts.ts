import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The words of the stage: layouts, network, shortcuts, picture-in-picture. */
export const viewTexts = defineTexts('view', { en, 'zh-CN': zhCN });
