import type { Translation } from '@anteroom/ui/i18n/texts.ts';
import type { whiteboardEn } from './en.ts';

export const whiteboardZhCN: Translation<typeof whiteboardEn> = {
  'whiteboard.back': '返回会议',
  'whiteboard.drawn_one': '共 {count} 个图形，最后保存于 {time}',
  'whiteboard.drawn_other': '共 {count} 个图形，最后保存于 {time}',
  'whiteboard.failed': '图片生成失败，请重试。',
  'whiteboard.file': '{subject} 白板',
  'whiteboard.none': '本次会议没有使用白板。',
  'whiteboard.open': '打开白板',
  'whiteboard.save': '保存为图片',
  'whiteboard.title': '白板',
  'whiteboard.titleOf': '“{subject}”的白板',
};
