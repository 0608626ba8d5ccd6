import { type Language, type LocalizedText, localize } from '@anteroom/shared/text.ts';
import type { DisplayAilment } from '../ports/display.ts';

const parts: Readonly<Record<DisplayAilment['part'], LocalizedText>> = {
  fan: { en: 'fan', 'zh-CN': '风扇' },
  lamp: { en: 'lamp', 'zh-CN': '灯泡' },
  temperature: { en: 'temperature', 'zh-CN': '温度' },
  cover: { en: 'cover', 'zh-CN': '机盖' },
  filter: { en: 'filter', 'zh-CN': '滤网' },
  other: { en: 'something else', 'zh-CN': '其他' },
};
const broken: LocalizedText = { en: '{part}: failed', 'zh-CN': '{part}：故障' };
const soon: LocalizedText = { en: '{part}: will fail soon', 'zh-CN': '{part}：即将失效' };

/** What a display says is wrong with it, in words; empty when nothing is. */
export function ailmentWords(ailments: readonly DisplayAilment[], language: Language): string {
  return ailments
    .map(({ part, isFatal }) => localize(isFatal ? broken : soon, language, { part: parts[part][language] }))
    .join(language === 'en' ? ', ' : '、');
}
