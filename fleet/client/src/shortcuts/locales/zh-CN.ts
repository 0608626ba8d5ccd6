import type { Translation } from '@anteroom/ui/i18n/texts.ts';
import type { en } from './en.ts';

export const zhCN: Translation<typeof en> = {
  camera: '打开或关闭摄像头',
  chat: '聊天',
  hand: '举手或放下',
  help: '显示此列表',
  hint: '各按键的作用',
  layout: '画廊或演讲者布局',
  microphone: '打开或关闭麦克风',
  note: '未在输入框中输入时有效。空格键按住时有效。',
  people: '与会者',
  pip: '画中画',
  'key.talk': '空格',
  talk: '按住时讲话',
  title: '键盘',
};
