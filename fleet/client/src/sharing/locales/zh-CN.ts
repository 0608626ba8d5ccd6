import type { Translation } from '@anteroom/ui/i18n/texts.ts';
import type { en } from './en.ts';

export const zhCN: Translation<typeof en> = {
  'announce.ended': '已无人共享。',
  'announce.screen': '{name} 开始共享屏幕。',
  'announce.whiteboard': '{name} 打开了白板。',
  'own.browser': '您正在共享标签页，所有人可见可闻。',
  'own.monitor': '您正在共享整个屏幕，所有人可见。',
  'own.other': '您正在共享，所有人可见。',
  'own.starting': '正在开始共享',
  'own.stop': '停止共享',
  'own.window': '您正在共享窗口，所有人可见。',
  'share.open': '共享',
  'share.openHint': '屏幕、窗口，或带声音的标签页',
  'takeOver.next': '您开始共享后，{name} 的共享即停止。',
  'takeOver.title': '{name} 正在共享',
  'takeOver.yes': '改由我共享',
  'tile.coming': '{name} 共享的画面即将显示。',
  'tile.label': '{name} 的共享',
  'tile.stop': '停止 {name} 的共享',
  'trouble.denied': '系统未允许此浏览器录制屏幕，请在系统设置中允许后重新共享。',
  'trouble.dismiss': '知道了',
  'trouble.failed': '无法获取该画面，请选择其他窗口或标签页。',
  'trouble.unsupported': '此浏览器无法共享屏幕，请在电脑上入会后共享。',
};
