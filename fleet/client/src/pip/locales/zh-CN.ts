import type { Translation } from '@anteroom/ui/i18n/texts.ts';
import type { en } from './en.ts';

export const zhCN: Translation<typeof en> = {
  alone: '还没有其他人。',
  close: '关闭小窗',
  failed: '浏览器未能打开小窗，请重试。',
  hint: '将发言者置于所有窗口之上',
  noVideo: '其他人均未打开摄像头，而此浏览器的小窗只能显示视频。',
  open: '画中画',
  unsupported: '此浏览器不支持小窗，可使用 Chrome、Edge 或 Safari。',
};
