import type { NoticeTemplate } from './template.ts';

export const peopleTemplates = {
  'account.added': {
    subject: { en: 'Your account at {organization}', 'zh-CN': '您在“{organization}”的账号' },
    text: {
      en: '{organization} made an Anteroom account for you. Set your password within 7 days: {url}',
      'zh-CN': '“{organization}”已为您创建 Anteroom 账号，请在 7 天内设置密码：{url}',
    },
    isSecret: true,
  },
  invitation: {
    subject: { en: '{inviter} invites you to {organization}', 'zh-CN': '{inviter} 邀请您加入“{organization}”' },
    text: {
      en: '{inviter} invites you to join {organization} on Anteroom. Open the link and press Join organization: {url}',
      'zh-CN': '{inviter} 邀请您加入 Anteroom 企业“{organization}”，请打开链接并点击“加入企业”：{url}',
    },
  },
  'invitation.approved': {
    subject: { en: 'You are in {organization} now', 'zh-CN': '您已加入“{organization}”' },
    text: {
      en: 'An administrator let you in: you belong to {organization} now.',
      'zh-CN': '管理员已同意您的申请，您已加入“{organization}”。',
    },
  },
  'invitation.declined': {
    subject: { en: '{organization} did not let you in', 'zh-CN': '“{organization}”未同意您加入' },
    text: {
      en: 'An administrator of {organization} declined. Ask the person who invited you.',
      'zh-CN': '“{organization}”的管理员未同意您的申请，请联系邀请人。',
    },
  },
} as const satisfies Record<string, NoticeTemplate>;
