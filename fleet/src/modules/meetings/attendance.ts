import { type Language, type LocalizedText, localize } from '@anteroom/shared/text.ts';
import type { AttendanceRow } from '../../db/schema.ts';
import type { Table } from '../../table-file.ts';
import { localMinute } from './rules.ts';

const texts = {
  sheet: { en: 'Attendance', 'zh-CN': '参会记录' },
  name: { en: 'Name', 'zh-CN': '姓名' },
  kind: { en: 'Came as', 'zh-CN': '入会方式' },
  joined: { en: 'Joined ({zone})', 'zh-CN': '入会时间（{zone}）' },
  left: { en: 'Left ({zone})', 'zh-CN': '离会时间（{zone}）' },
  minutes: { en: 'Minutes', 'zh-CN': '分钟' },
  stillIn: { en: 'still in', 'zh-CN': '会议中' },
  terminal: { en: 'terminal', 'zh-CN': '终端' },
  person: { en: 'member', 'zh-CN': '成员' },
  guest: { en: 'guest', 'zh-CN': '来宾' },
} as const satisfies Record<string, LocalizedText>;

/** Who was in a meeting, from when to when, in the meeting's own time zone. */
export function attendanceTable(
  { timeZone }: { timeZone: string },
  stays: readonly AttendanceRow[],
  language: Language,
): Table {
  const say = (text: LocalizedText) => localize(text, language, { zone: timeZone });
  return {
    name: say(texts.sheet),
    head: [texts.name, texts.kind, texts.joined, texts.left, texts.minutes].map(say),
    rows: stays.map(({ name, kind, joinedAt, leftAt }) => [
      name,
      say(texts[kind]),
      localMinute(joinedAt, timeZone),
      leftAt === null ? say(texts.stillIn) : localMinute(leftAt, timeZone),
      leftAt === null ? '' : Math.round((Date.parse(leftAt) - Date.parse(joinedAt)) / 60_000),
    ]),
  };
}
