import { z } from 'zod';
import type { LocalizedText } from '../text.ts';

/** How large a board may become: some hours of many people's drawing, and a download of a few seconds on a phone. */
export const maxBoardElements = 5_000;
/** Bytes of a board as it is kept, with what Yjs remembers of its past. */
export const maxBoardBytes = 4 * 1024 * 1024;

/** Why something was not taken onto a board, in words for whoever drew it. */
export const boardRefusals = {
  board_full: {
    en: 'The board is full. Delete something to go on drawing.',
    'zh-CN': '白板已满，请删除部分内容后再画。',
  },
  board_unfit: {
    en: 'This cannot be put on the board: it takes strokes, shapes, lines and text, no pictures or embedded pages.',
    'zh-CN': '无法放到白板上：白板仅支持笔迹、图形、线条和文字，不支持图片或嵌入网页。',
  },
  board_unavailable: {
    en: 'The board could not be opened. Trying again.',
    'zh-CN': '无法打开白板，正在重试。',
  },
} as const satisfies Record<string, LocalizedText>;
export type BoardRefusal = keyof typeof boardRefusals;
export const boardRefusal = z.enum(Object.keys(boardRefusals) as [BoardRefusal, ...BoardRefusal[]]);
