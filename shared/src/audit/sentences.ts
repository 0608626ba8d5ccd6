import { type Language, type LocalizedText, localize } from '../text.ts';

const says = (en: string, zh: string): LocalizedText => ({ en, 'zh-CN': zh });

/**
 * What an entry of the audit trail says, by its action: `{who}` did something to `{what}`. A test of the fleet holds
 * that every action has its sentence.
 */
export const auditSentences = {
  'account.deleted': says('{who} deleted their account', '{who}注销了账号'),
  'account.emailSet': says('{who} set an e-mail address', '{who}设置了邮箱'),
  'account.passwordChanged': says('{who} changed their password', '{who}修改了密码'),
  'account.passwordReset': says('{who} set a new password with a code', '{who}通过验证码重设了密码'),
  'account.registered': says('{who} registered', '{who}注册了账号'),
  'account.updated': says('{who} changed their profile', '{who}修改了个人资料'),
  'account.passwordSet': says('{who} set a first password by a link', '{who}通过链接设置了首个密码'),
  'contact.created': says('{who} added the external contact {what}', '{who}添加了外部联系人“{what}”'),
  'contact.removed': says('{who} removed the external contact {what}', '{who}删除了外部联系人“{what}”'),
  'contact.updated': says('{who} changed the external contact {what}', '{who}修改了外部联系人“{what}”'),
  'department.created': says('{who} added the department {what}', '{who}添加了部门“{what}”'),
  'department.removed': says('{who} removed the department {what}', '{who}删除了部门“{what}”'),
  'department.updated': says('{who} changed the department {what}', '{who}修改了部门“{what}”'),
  'identity.linked': says('{who} linked an identity of {what} to their account', '{who}为账号关联了“{what}”的身份'),
  'identity.unlinked': says('{who} unlinked the identity of {what}', '{who}取消了“{what}”身份的关联'),
  'invitation.accepted': says('{who} accepted the invitation of {what}', '{who}接受了对“{what}”的邀请'),
  'invitation.approved': says('{who} let {what} into the organization', '{who}同意“{what}”加入企业'),
  'invitation.created': says('{who} invited {what}', '{who}邀请了“{what}”'),
  'invitation.declined': says('{who} did not let {what} into the organization', '{who}未同意“{what}”加入企业'),
  'invitation.refused': says('The invitation of {what} was turned down', '“{what}”的邀请已被对方谢绝'),
  'invitation.sentAgain': says('{who} sent the invitation of {what} again', '{who}重新发送了对“{what}”的邀请'),
  'invitation.withdrawn': says('{who} withdrew the invitation of {what}', '{who}撤回了对“{what}”的邀请'),
  'organization.closingRequested': says('{who} asked to close the organization', '{who}申请注销企业'),
  'organization.closingWithdrawn': says(
    '{who} withdrew the request to close the organization',
    '{who}撤回了企业注销申请',
  ),
  'organization.dissolved': says('{who} dissolved the organization', '{who}解散了企业'),
  'organization.purged': says('{who} purged everything that the organization had', '{who}清除了企业的全部数据'),
  'organization.created': says('{who} created the organization {what}', '{who}创建了企业“{what}”'),
  'organization.handedOver': says('{who} made {what} the default administrator', '{who}将默认管理员移交给“{what}”'),
  'organization.updated': says('{who} changed the organization’s settings', '{who}修改了企业设置'),
  'person.added': says('{who} added {what}', '{who}添加了用户“{what}”'),
  'person.joined': says('{who} joined the organization', '{who}加入了企业'),
  'person.linkSent': says('{who} sent {what} a link to set a password', '{who}向“{what}”发送了设置密码的链接'),
  'person.removed': says('{who} removed {what} from the organization', '{who}将“{what}”移出企业'),
  'person.imported': says('{who} imported people from “{what}”', '{who}从文件“{what}”批量导入了人员'),
  'person.roleSet': says('{who} changed the role of {what}', '{who}修改了“{what}”的角色'),
  'person.updated': says('{who} changed where {what} stands', '{who}修改了“{what}”的部门信息'),
  'calendarFeed.created': says('{who} made a calendar feed', '{who}创建了日历订阅'),
  'calendarFeed.removed': says('{who} ended a calendar feed', '{who}停用了日历订阅'),
  'meeting.cancelled': says('{who} cancelled the meeting {what}', '{who}取消了会议“{what}”'),
  'meeting.created': says('{who} planned the meeting {what}', '{who}创建了会议“{what}”'),
  'meeting.ended': says('{who} ended the meeting {what}', '{who}结束了会议“{what}”'),
  'meeting.extended': says('{who} extended the meeting {what}', '{who}延长了会议“{what}”'),
  'meeting.locked': says('{who} locked the meeting {what}', '{who}锁定了会议“{what}”'),
  'meeting.unlocked': says('{who} opened the meeting {what} again', '{who}解锁了会议“{what}”'),
  'meeting.participantRemoved': says(
    '{who} removed somebody from the meeting {what}',
    '{who}从会议“{what}”中移除了参会方',
  ),
  'meeting.participantRenamed': says(
    '{who} renamed somebody in the meeting {what}',
    '{who}在会议“{what}”中修改了参会方名称',
  ),
  'meeting.participantsAdmitted': says(
    '{who} let in who waited for the meeting {what}',
    '{who}准许等候者进入会议“{what}”',
  ),
  'meeting.everybodyMuted': says('{who} muted everybody in the meeting {what}', '{who}将会议“{what}”全场静音'),
  'meeting.everybodyUnmuted': says(
    '{who} let everybody in the meeting {what} unmute',
    '{who}取消了会议“{what}”的全场静音',
  ),
  'meeting.sharingAllowed': says(
    '{who} let everybody in the meeting {what} share',
    '{who}允许会议“{what}”的参会方共享',
  ),
  'meeting.sharingForbidden': says(
    '{who} left sharing in the meeting {what} to its hosts',
    '{who}将会议“{what}”设为仅主持人可共享',
  ),
  'meeting.hostSet': says('{who} made somebody the host of the meeting {what}', '{who}指定了会议“{what}”的主持人'),
  'meeting.cohostsSet': says('{who} changed who co-hosts the meeting {what}', '{who}修改了会议“{what}”的联席主持人'),
  'meeting.ringWithdrawn': says(
    '{who} stopped ringing somebody into the meeting {what}',
    '{who}停止了会议“{what}”的呼叫',
  ),
  'meeting.rung': says('{who} rang people into the meeting {what}', '{who}呼叫了会议“{what}”的与会者'),
  'meeting.transferred': says('{who} transferred the meeting {what}', '{who}转移了会议“{what}”'),
  'meeting.updated': says('{who} changed the meeting {what}', '{who}修改了会议“{what}”'),
  'order.cancelled': says('{who} cancelled the order {what}', '{who}取消了订单 {what}'),
  'order.paid': says('{who} marked the order {what} as paid', '{who}将订单 {what} 标记为已付款'),
  'order.placed': says('{who} placed the order {what}', '{who}提交了订单 {what}'),
  'room.assigned': says('{who} assigned the cloud room {what}', '{who}分配了云会议室“{what}”'),
  'room.created': says('{who} created the cloud room {what}', '{who}创建了云会议室“{what}”'),
  'room.meetingCancelled': says(
    '{who} cancelled a meeting of the cloud room {what}',
    '{who}取消了云会议室“{what}”的一场会议',
  ),
  'room.meetingTransferred': says(
    '{who} transferred a meeting of the cloud room {what}',
    '{who}转移了云会议室“{what}”的一场会议',
  ),
  'room.reclaimed': says('{who} reclaimed the cloud room {what}', '{who}收回了云会议室“{what}”'),
  'room.updated': says('{who} changed the cloud room {what}', '{who}修改了云会议室“{what}”'),
  'session.ended': says('{who} signed out one of their sessions', '{who}退出了自己的一个会话'),
  'session.othersEnded': says('{who} signed out all their other sessions', '{who}退出了自己的其他所有会话'),
  'session.signedIn': says('{who} signed in', '{who}登录'),
  'session.signedOut': says('{who} signed out', '{who}退出登录'),
  'space.created': says('{who} added the room {what}', '{who}添加了会议室“{what}”'),
  'space.removed': says('{who} removed the room {what}', '{who}删除了会议室“{what}”'),
  'space.updated': says('{who} changed the room {what}', '{who}修改了会议室“{what}”'),
  'terminal.certificateRenewed': says(
    '{who} renewed the certificate of the terminal {what}',
    '{who}更新了终端“{what}”的证书',
  ),
  'terminal.claimed': says('{who} paired the terminal {what}', '{who}配对了终端“{what}”'),
  'terminal.commandSent': says('{who} sent a command to the terminal {what}', '{who}向终端“{what}”发送了命令'),
  'terminal.revoked': says('{who} revoked the terminal {what}', '{who}吊销了终端“{what}”'),
  'terminal.updated': says('{who} changed the terminal {what}', '{who}修改了终端“{what}”'),
} as const satisfies Record<string, LocalizedText>;

const unknownSentence = says('{who} did {action} to {what}', '{who}对 {what} 执行了 {action}');

/** The sentence of an entry; an action that this program does not know yet is named. */
export function auditSentence(entry: { action: string; who: string; what: string }, language: Language): string {
  const known = Object.entries<LocalizedText>(auditSentences).find(([action]) => action === entry.action)?.[1];
  return localize(known ?? unknownSentence, language, entry);
}
