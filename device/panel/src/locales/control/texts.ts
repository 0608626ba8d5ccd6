import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The words of meeting control. */
export const controlTexts = defineTexts('panelControl', { en, 'zh-CN': zhCN });
export const useControlText = controlTexts.useText;
