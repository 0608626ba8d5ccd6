import { z } from 'zod';
import type { LocalizedText } from '../text.ts';

/** The closed list of reasons why a join is refused or held; shown in words to the person who pressed Join. */
export const joinRefusals = [
  'meeting_not_found',
  'meeting_not_started',
  'meeting_ended',
  'meeting_cancelled',
  'room_full',
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

/** Per reason: what happened and what to do, who can do it, and whether the terminal tries again by itself. */
export const joinRefusalTexts: Readonly<
  Record<JoinRefusal, { text: LocalizedText; fixer: Fixer; retriesByItself: boolean }>
> = {
  meeting_not_found: {
    text: {
      en: 'This meeting no longer exists. Ask the host for a new invitation.',
      'zh-CN': '会议已不存在，请向主持人索取新的邀请。',
    },
    fixer: 'host',
    retriesByItself: false,
  },
  meeting_not_started: {
    text: {
      en: 'This meeting has not started. It can be joined from 10 minutes before its start.',
      'zh-CN': '会议尚未开始，开始前 10 分钟可入会。',
    },
    fixer: 'time',
    retriesByItself: true,
  },
  meeting_ended: {
    text: { en: 'This meeting is over.', 'zh-CN': '会议已结束。' },
    fixer: 'host',
    retriesByItself: false,
  },
  meeting_cancelled: {
    text: { en: 'The host cancelled this meeting.', 'zh-CN': '主持人已取消会议。' },
    fixer: 'host',
    retriesByItself: false,
  },
  room_full: {
    text: {
      en: 'No seat is free. When somebody leaves, press Join again.',
      'zh-CN': '会议室已满，有人离开后请再次加入。',
    },
    fixer: 'host',
    retriesByItself: false,
  },
  ticket_invalid: {
    text: {
      en: 'This invitation is not valid here. Open the link of the invitation again.',
      'zh-CN': '邀请无效，请重新打开邀请链接。',
    },
    fixer: 'you',
    retriesByItself: false,
  },
  ticket_expired: {
    text: {
      en: 'This invitation has expired. Open the link of the invitation again.',
      'zh-CN': '邀请已过期，请重新打开邀请链接。',
    },
    fixer: 'you',
    retriesByItself: false,
  },
  certificate_revoked: {
    text: {
      en: 'An administrator removed this terminal. It has to be paired again.',
      'zh-CN': '管理员已移除此终端，需要重新配对。',
    },
    fixer: 'administrator',
    retriesByItself: false,
  },
  already_joined_elsewhere: {
    text: { en: 'This place in the meeting was taken over from another device.', 'zh-CN': '已在其他设备上入会。' },
    fixer: 'you',
    retriesByItself: false,
  },
  media_unavailable: {
    text: {
      en: 'The media server is restarting. This room tries again by itself.',
      'zh-CN': '媒体服务器正在重启，本室将自动重试。',
    },
    fixer: 'time',
    retriesByItself: true,
  },
  fleet_unreachable: {
    text: {
      en: 'The meeting service cannot be reached. Check the network cable; this room tries again by itself.',
      'zh-CN': '无法连接会议服务，请检查网线；本室将自动重试。',
    },
    fixer: 'administrator',
    retriesByItself: true,
  },
  media_failed: {
    text: {
      en: 'The camera or microphone could not be started. Press Join again; if it stays, call an administrator.',
      'zh-CN': '摄像头或麦克风无法启动，请重试；仍失败请联系管理员。',
    },
    fixer: 'you',
    retriesByItself: false,
  },
};
