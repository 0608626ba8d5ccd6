import type { Translation } from '@anteroom/ui/i18n/texts.ts';
import type { organizationEn } from './en.ts';

export const organizationZhCN: Translation<typeof organizationEn> = {
  'invitation.accepted': '您已申请加入“{organization}”',
  'invitation.acceptedNext': '等待“{organization}”的管理员审核，通过后您会收到短信。',
  'invitation.broken': '链接不完整',
  'invitation.brokenNext': '请从短信中重新打开，或完整复制链接。',
  'invitation.declined': '“{organization}”未同意加入申请',
  'invitation.declinedNext': '请向 {inviter} 了解原因，或请其重新邀请。',
  'invitation.elsewhere':
    '{name}，您已是“{own}”的成员，一个账号只能加入一个企业。请先联系“{own}”的管理员将您移出，再打开此链接；或使用其他账号加入“{organization}”。',
  'invitation.expired': '“{organization}”的邀请已过期',
  'invitation.expiredNext': '请联系 {inviter} 重新邀请。',
  'invitation.failed': '无法打开此邀请',
  'invitation.join': '加入“{organization}”',
  'invitation.joined': '您已加入“{organization}”',
  'invitation.joinedNext': '此邀请已使用，请使用受邀手机号的账号登录。',
  'invitation.lead': '{inviter} 邀请 {name} 加入。邀请有效期至：{day}。',
  'invitation.notNow': '暂不加入',
  'invitation.otherAccount': '使用其他账号',
  'invitation.register': '先注册账号',
  'invitation.samePhone': '请使用收到短信的手机号所对应的账号。',
  'invitation.signedInAs': '当前登录账号：{name}。',
  'invitation.title': '加入“{organization}”？',
  'invitation.withdrawn': '“{organization}”的邀请已撤回',
  'invitation.withdrawnNext': '如仍需加入，请联系 {inviter} 重新邀请。',
  'register.goOn': '继续',
  'setPassword.byCode': '通过验证码设置密码',
  'setPassword.have': '我已有密码',
  'setPassword.lead': '管理员已为您创建账号。设置密码后即可登录。',
  'setPassword.title': '设置密码',
};
