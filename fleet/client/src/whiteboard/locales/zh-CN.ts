import type { Translation } from '@anteroom/ui/i18n/texts.ts';
import type { en } from './en.ts';

export const zhCN: Translation<typeof en> = {
  board: '白板',
  'board.by': '由{name}打开，会议中的每个人都可以画。',
  'board.close': '关闭',
  'board.closeLine': '关闭白板',
  'board.closeHint': '所画内容会保留在会议中。',
  'board.loading': '正在打开白板…',
  'board.offline': '网络已断开。您所画的内容会保存在本地，恢复后自动发送。',
  'board.open': '打开白板',
  'board.openHint': '每个人都可以在上面画。',
  'board.over': '将替换{name}正在共享的内容。',
  'board.save': '保存为图片',
  'board.saveFailed': '图片生成失败，请重试。',
  'board.file': '{subject} 白板',
};
