import type { NoticeTemplate } from './template.ts';

const codeText = (en: string, zh: string): NoticeTemplate => ({
  subject: { en: 'Your Anteroom code', 'zh-CN': 'Anteroom 验证码' },
  text: {
    en: `${en} {code}. It is good for 5 minutes. Nobody from Anteroom ever asks you for it.`,
    'zh-CN': `${zh}：{code}，5 分钟内有效。任何工作人员都不会向您索要验证码。`,
  },
  isSecret: true,
});

export const codeTemplates = {
  'code.register': codeText('Your code to register:', '您的注册验证码'),
  'code.signIn': codeText('Your code to sign in:', '您的登录验证码'),
  'code.resetPassword': codeText('Your code to set a new password:', '您的重设密码验证码'),
  'code.setEmail': codeText('Your code to use this address:', '您的邮箱验证码'),
  'code.deleteAccount': codeText('Your code to delete your account:', '您的注销账号验证码'),
  'code.dissolve': codeText('Your code to dissolve your organization:', '您的解散企业验证码'),
  'code.handOver': codeText('Your code to hand over your organization:', '您的移交默认管理员验证码'),
  'account.unknown': {
    subject: { en: 'You have no Anteroom account yet', 'zh-CN': '您尚未注册 Anteroom' },
    text: {
      en: 'Somebody asked for a code to sign in to Anteroom with this number or address. It has no account: you can register one. If it was not you, do nothing.',
      'zh-CN': '有人请求用此手机号或邮箱登录 Anteroom。它尚未注册，您可以注册账号。如非本人操作，请忽略。',
    },
  },
  'account.passwordChanged': {
    subject: { en: 'Your Anteroom password was changed', 'zh-CN': '您的 Anteroom 密码已修改' },
    text: {
      en: 'Your Anteroom password was changed, and every other session was signed out. If it was not you, set a new password at once: {url}',
      'zh-CN': '您的 Anteroom 密码已修改，其他会话均已退出登录。如非本人操作，请立即重设密码：{url}',
    },
  },
  'account.exists': {
    subject: { en: 'You already have an Anteroom account', 'zh-CN': '您已有 Anteroom 账号' },
    text: {
      en: 'Somebody asked to register this number with Anteroom. It already has an account: sign in, or set a new password. If it was not you, do nothing.',
      'zh-CN': '有人请求用此号码注册 Anteroom。该号码已有账号，请直接登录或重设密码。如非本人操作，请忽略。',
    },
  },
} as const satisfies Record<string, NoticeTemplate>;
