import type { NoticeTemplate } from './template.ts';

/** `rule` and `password` are lines of their own, or nothing. */
const lines = {
  en: '{when} ({timeZone}){rule}\nJoin: {url}\nMeeting number: {number}{password}',
  'zh-CN': '{when}（{timeZone}）{rule}\n入会链接：{url}\n会议号：{number}{password}',
};

export const meetingTemplates = {
  'meeting.invited': {
    subject: { en: 'Invitation: {subject}', 'zh-CN': '会议邀请：{subject}' },
    text: {
      en: `{organizer} invites you to “{subject}”.\n${lines.en}`,
      'zh-CN': `{organizer} 邀请您参加会议“{subject}”。\n${lines['zh-CN']}`,
    },
  },
  'meeting.changed': {
    subject: { en: 'Changed: {subject}', 'zh-CN': '会议变更：{subject}' },
    text: {
      en: `{organizer} changed “{subject}”.\n${lines.en}`,
      'zh-CN': `{organizer} 更改了会议“{subject}”。\n${lines['zh-CN']}`,
    },
  },
  /** To whoever becomes the organizer of what somebody else planned. */
  'meeting.handedOver': {
    subject: { en: 'You organize now: {subject}', 'zh-CN': '您已成为会议组织者：{subject}' },
    text: {
      en: `“{subject}” was handed over to you: you organize it now.\n${lines.en}`,
      'zh-CN': `会议“{subject}”已移交给您，现由您组织。\n${lines['zh-CN']}`,
    },
  },
  'meeting.cancelled': {
    subject: { en: 'Cancelled: {subject}', 'zh-CN': '会议取消：{subject}' },
    text: {
      en: '{organizer} cancelled “{subject}”, {when} ({timeZone}){rule}.',
      'zh-CN': '{organizer} 取消了会议“{subject}”，{when}（{timeZone}）{rule}。',
    },
  },
} as const satisfies Record<string, NoticeTemplate>;
