import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The words of adding people to a meeting that runs: calls, and the invitation link. */
export const callingTexts = defineTexts('calling', { en, 'zh-CN': zhCN });
