import { z } from 'zod';
import { participantId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import type { LocalizedText } from '../text.ts';

/**
 * Content (domain.md 3, share): what one participant at a time shows to everybody beside the people. A screen, window,
 * browser tab or HDMI input is sent to the media server; a whiteboard has no media.
 */
export const contentKinds = ['screen', 'whiteboard'] as const;
export const contentKind = z.enum(contentKinds);
export type ContentKind = z.infer<typeof contentKind>;

export const sharedContent = z.object({ kind: contentKind, participantId, startedAt: instant });
export type SharedContent = z.infer<typeof sharedContent>;

/** Why somebody may not share now, in words for them. */
export const shareRuleRefusals = {
  sharing_not_allowed: {
    en: 'Only the host and co-hosts share in this meeting. Ask one of them to allow it.',
    'zh-CN': '本会议仅主持人和联席主持人可共享，请联系他们允许。',
  },
  somebody_shares: {
    en: 'Somebody else is sharing. You can take over.',
    'zh-CN': '已有人在共享，您可以接替共享。',
  },
  host_shares: {
    en: 'A host is sharing. Wait until they stop.',
    'zh-CN': '主持人正在共享，请等待其停止。',
  },
} as const satisfies Record<string, LocalizedText>;

export type ShareRuleRefusal = keyof typeof shareRuleRefusals;

export const shareRefusals = {
  ...shareRuleRefusals,
  media_unavailable: {
    en: 'The meeting could not take what you share. Try again in a moment.',
    'zh-CN': '会议暂时无法接收您的共享，请稍后重试。',
  },
} as const satisfies Record<string, LocalizedText>;
export type ShareRefusal = keyof typeof shareRefusals;
export const shareRefusal = z.enum(Object.keys(shareRefusals) as [ShareRefusal, ...ShareRefusal[]]);

/** Why a share ended that its own participant did not end, in words for them. */
export const shareEnds = {
  taken_over: { en: 'Somebody else is sharing now.', 'zh-CN': '其他人已接替共享。' },
  stopped: { en: 'A host stopped your share.', 'zh-CN': '主持人已停止您的共享。' },
} as const satisfies Record<string, LocalizedText>;
export type ShareEnd = keyof typeof shareEnds;
export const shareEnd = z.enum(Object.keys(shareEnds) as [ShareEnd, ...ShareEnd[]]);
