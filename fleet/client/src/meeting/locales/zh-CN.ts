import type { Translation } from '@anteroom/ui/i18n/texts.ts';
import type { en } from './en.ts';

export const zhCN: Translation<typeof en> = {
  'layout.gallery': '画廊',
  'layout.galleryHint': '所有人一样大',
  'layout.speaker': '演讲者',
  'layout.speakerHint': '谁发言谁放大',
  'layout.title': '布局',
  'layout.open': '布局：{layout}',
  'pages.after': '下一页',
  'pages.at': '第 {page} 页，共 {count} 页',
  'pages.before': '上一页',
  'pages.label': '与会者分页',
  'pin.off': '取消固定{name}',
  'pin.offLine': '取消固定',
  'pin.on': '固定{name}',
  'pin.onHint': '仅对您放大',
  'pin.onLine': '固定',
  'pin.is': '您已固定',
  'self.corner': '在角落',
  'self.hidden': '隐藏',
  'self.tile': '与其他人一起',
  'self.title': '自己的画面',
};
