import type { NoticeTemplate } from './template.ts';

export const closingTemplates = {
  'organization.closing': {
    subject: { en: '{organization} is to be closed on {date}', 'zh-CN': '“{organization}”将于 {date} 注销' },
    text: {
      en: '{organization} asked to be closed. On {date} everybody is signed out, terminals go back to pairing and all data is deleted. Until then any administrator can withdraw it in the console under Organization.',
      'zh-CN':
        '“{organization}”已申请注销。{date} 起所有成员将退出登录，终端恢复配对状态，全部数据将被清除。在此之前，任一管理员均可在管理控制台的企业设置中撤回。',
    },
  },
  'organization.closingSoon': {
    subject: { en: 'Reminder: {organization} is closed on {date}', 'zh-CN': '提醒：“{organization}”将于 {date} 注销' },
    text: {
      en: 'Reminder: {organization} is closed on {date} and all its data is deleted. Any administrator can still withdraw this in the console under Organization.',
      'zh-CN': '提醒：“{organization}”将于 {date} 注销并清除全部数据。任一管理员仍可在管理控制台的企业设置中撤回。',
    },
  },
  'organization.closingWithdrawn': {
    subject: { en: '{organization} stays', 'zh-CN': '“{organization}”将继续保留' },
    text: {
      en: 'An administrator withdrew the request to close {organization}. It is not closed on {date}, and nothing changes.',
      'zh-CN': '管理员已撤回“{organization}”的注销申请，企业不会于 {date} 注销，一切照常。',
    },
  },
} as const satisfies Record<string, NoticeTemplate>;
