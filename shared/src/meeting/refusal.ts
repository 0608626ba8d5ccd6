import { z } from 'zod';
import type { LocalizedText } from '../text.ts';

/** Why somebody is held at the door: they come in by themselves as soon as the reason ends. */
export const holdReasons = [
  'meeting_not_started',
  'room_in_use',
  'host_not_here',
  'waiting_room',
  'room_full',
  'pool_full',
  'meeting_full',
] as const;
export const holdReason = z.enum(holdReasons);
export type HoldReason = z.infer<typeof holdReason>;

/** The closed list of reasons why a join is refused or held; shown in words to the person who pressed Join. */
export const joinRefusals = [
  ...holdReasons,
  'meeting_not_found',
  'meeting_ended',
  'meeting_cancelled',
  'organization_only',
  'invited_only',
  'password_required',
  'meeting_locked',
  'removed',
  'resource_expired',
  'plan_minutes_used',
  'terminal_unlicensed',
  'ticket_invalid',
  'ticket_expired',
  'certificate_revoked',
  'already_joined_elsewhere',
  'media_unavailable',
  'fleet_unreachable',
  'media_failed',
] as const;
export const joinRefusal = z.enum(joinRefusals);
export type JoinRefusal = z.infer<typeof joinRefusal>;

/** Who can end the trouble: the person at the panel, the host, an administrator, or nobody but time. */
export type Fixer = 'you' | 'host' | 'administrator' | 'time';

type Words = { text: LocalizedText; fixer: Fixer; retriesByItself: boolean };
const words = (fixer: Fixer, retriesByItself: boolean, en: string, zh: string): Words => ({
  ...{ text: { en, 'zh-CN': zh }, fixer, retriesByItself },
});

/** Per reason: what happened and what to do, who can do it, and whether the way in goes on by itself. */
export const joinRefusalTexts: Readonly<Record<JoinRefusal, Words>> = {
  meeting_not_started: words(
    'time',
    true,
    'This meeting has not started. The door opens 10 minutes before its start, and you go in by yourself.',
    '会议尚未开始，开始前 10 分钟开放，届时自动入会。',
  ),
  room_in_use: words(
    'time',
    true,
    'The meeting before is still in this cloud room. When it is over, you go in by yourself.',
    '上一场会议仍在使用此云会议室，结束后自动入会。',
  ),
  host_not_here: words(
    'host',
    true,
    'The host is not here yet. When the host comes, you go in by yourself.',
    '主持人尚未入会，主持人入会后自动入会。',
  ),
  waiting_room: words(
    'host',
    true,
    'You are in the waiting room. The host sees you and lets you in.',
    '您在等候室中，主持人可看到您并准许入会。',
  ),
  room_full: words(
    'host',
    true,
    'No seat is free in this cloud room. When somebody leaves, you go in by yourself.',
    '云会议室已满，有人离开后自动入会。',
  ),
  pool_full: words(
    'administrator',
    true,
    'All of the organization’s concurrency is in use. When a seat is free, you go in by yourself; an administrator can order more.',
    '企业会议并发已用尽，有空位后自动入会；管理员可增购。',
  ),
  meeting_full: words(
    'host',
    true,
    'This meeting has as many participants as its plan allows. When somebody leaves, you go in by yourself.',
    '会议人数已达版本上限，有人离开后自动入会。',
  ),
  meeting_not_found: words(
    'host',
    false,
    'This meeting no longer exists. Ask the host for a new invitation.',
    '会议已不存在，请向主持人索取新的邀请。',
  ),
  meeting_ended: words('host', false, 'This meeting is over.', '会议已结束。'),
  meeting_cancelled: words('host', false, 'The host cancelled this meeting.', '主持人已取消会议。'),
  organization_only: words(
    'host',
    false,
    'This meeting is for people of the host’s organization. Sign in with an account of it, or ask the host to open the meeting.',
    '此会议仅限主持人所在企业的成员参加，请用企业账号登录，或请主持人放开入会范围。',
  ),
  invited_only: words(
    'host',
    false,
    'This meeting is for those invited. Ask the host to invite you.',
    '此会议仅限受邀者参加，请联系主持人邀请您。',
  ),
  password_required: words(
    'you',
    false,
    'This meeting’s password is missing or has changed. Type the number and the new password again.',
    '会议密码缺失或已更改，请重新输入会议号和新密码。',
  ),
  meeting_locked: words(
    'host',
    false,
    'The host locked this meeting: nobody else comes in. Ask the host to unlock it.',
    '主持人已锁定会议，暂不允许新成员加入，请联系主持人解锁。',
  ),
  removed: words(
    'host',
    false,
    'The host removed you from this meeting. Only the host can call you back.',
    '主持人已将您移出会议，仅主持人可重新呼叫您入会。',
  ),
  resource_expired: words(
    'administrator',
    false,
    'The order for this meeting’s cloud room or concurrency has expired. An administrator can renew it.',
    '此会议使用的云会议室或并发资源已到期，管理员可续订。',
  ),
  plan_minutes_used: words(
    'host',
    false,
    'This meeting has used the minutes that its plan gives. The host can start a new one; a larger plan gives more minutes.',
    '会议已达当前版本的单场时长上限。主持人可重新发起会议；更高版本的单场时长更长。',
  ),
  terminal_unlicensed: words(
    'administrator',
    false,
    'This terminal has no licence. An administrator can order more licences or retire another terminal.',
    '此终端没有许可，管理员可增购许可或停用其他终端。',
  ),
  ticket_invalid: words(
    'you',
    false,
    'This invitation is not valid here. Open the link of the invitation again.',
    '邀请无效，请重新打开邀请链接。',
  ),
  ticket_expired: words(
    'you',
    false,
    'This invitation has expired. Open the link of the invitation again.',
    '邀请已过期，请重新打开邀请链接。',
  ),
  certificate_revoked: words(
    'administrator',
    false,
    'An administrator removed this terminal. It has to be paired again.',
    '管理员已移除此终端，需要重新配对。',
  ),
  already_joined_elsewhere: words(
    'you',
    false,
    'This place in the meeting was taken over from another device.',
    '已在其他设备上入会。',
  ),
  media_unavailable: words(
    'time',
    true,
    'The media server is restarting. This room tries again by itself.',
    '媒体服务器正在重启，本室将自动重试。',
  ),
  fleet_unreachable: words(
    'administrator',
    true,
    'The meeting service cannot be reached. Check the network cable; this room tries again by itself.',
    '无法连接会议服务，请检查网线；本室将自动重试。',
  ),
  media_failed: words(
    'you',
    false,
    'The camera or microphone could not be started. Press Join again; if it stays, call an administrator.',
    '摄像头或麦克风无法启动，请重试；仍失败请联系管理员。',
  ),
};
