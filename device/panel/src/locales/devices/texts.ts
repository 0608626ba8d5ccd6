import { defineTexts, type Text } from '@anteroom/ui/i18n/texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The words of the device page. */
export const deviceTexts = defineTexts('panelDevices', { en, 'zh-CN': zhCN });
export const useDeviceText = deviceTexts.useText;
export type DeviceText = Text<typeof en>;
