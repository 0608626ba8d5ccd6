import { z } from 'zod';
import { participantId } from '../ids.ts';
import type { LocalizedText } from '../text.ts';
import { calleeChoice, calleeId, mostCalled } from './calling.ts';
import { shareRuleRefusals } from './sharing.ts';

/**
 * Meeting control (domain.md 3): what a participant may do to the meeting and to others, in one table. The client, the
 * panel, the console and the signalling role read the same.
 */
export const participantRoles = ['host', 'cohost', 'member', 'guest'] as const;
export const participantRole = z.enum(participantRoles);
export type ParticipantRole = z.infer<typeof participantRole>;

export const reactions = ['thumbsUp', 'applause', 'heart', 'laugh', 'surprise', 'celebrate'] as const;
export const reaction = z.enum(reactions);
export type Reaction = z.infer<typeof reaction>;

/** Characters of one chat message. */
export const longestChat = 2_000;
/** Minutes that one extension adds at most. */
export const mostMinutesToExtend = 240;
const displayName = z.string().trim().min(1).max(80);
const chatText = z.string().trim().min(1).max(longestChat);
const target = { participantId };

export const controlAction = z.discriminatedUnion('kind', [
  /** Closes a microphone on the media server, whatever its client does. */
  z.strictObject({ kind: z.literal('mute'), ...target }),
  /** Lifts the server's mute and asks the person, or the room, to open their microphone; it opens nothing. */
  z.strictObject({ kind: z.literal('unmute'), ...target }),
  /** Mutes everybody but host and co-hosts, those who join later too. */
  z.strictObject({ kind: z.literal('muteAll'), canUnmute: z.boolean() }),
  z.strictObject({ kind: z.literal('unmuteAll') }),
  /** Stops a camera on the media server until a host allows it again. */
  z.strictObject({ kind: z.literal('stopCamera'), ...target }),
  z.strictObject({ kind: z.literal('allowCamera'), ...target }),
  z.strictObject({ kind: z.literal('remove'), ...target }),
  /** Rings people, rooms and whole departments, and invites contacts; whom a host removed may come back. */
  z.strictObject({ kind: z.literal('call'), callees: calleeChoice }),
  z.strictObject({ kind: z.literal('callAgain'), calleeId }),
  /** Ends a ring, or the stay of somebody inside, who may be called again or come back. */
  z.strictObject({ kind: z.literal('hangUp'), whom: z.union([participantId, calleeId]) }),
  z.strictObject({ kind: z.literal('lock'), isLocked: z.boolean() }),
  /** Lets in who waits in the waiting room; null for everybody there. */
  z.strictObject({ kind: z.literal('admit'), participantId: participantId.nullable() }),
  /** Words to everybody in the waiting room. */
  z.strictObject({ kind: z.literal('tellWaiting'), text: chatText }),
  /** Shows one participant large to everybody; null ends it. */
  z.strictObject({ kind: z.literal('spotlight'), participantId: participantId.nullable() }),
  z.strictObject({ kind: z.literal('handOver'), ...target }),
  z.strictObject({ kind: z.literal('setCohost'), ...target, isCohost: z.boolean() }),
  z.strictObject({ kind: z.literal('rename'), ...target, name: displayName }),
  z.strictObject({ kind: z.literal('lowerHand'), ...target }),
  /** Whether members and guests may share too; what one of them shares ends when they may not. */
  z.strictObject({ kind: z.literal('allowSharing'), isAllowed: z.boolean() }),
  /** Ends what this participant shares, on the media server; everybody ends their own. */
  z.strictObject({ kind: z.literal('stopShare'), ...target }),
  /** Makes a whiteboard the content; instead of what somebody else shares only with `takesOver`. */
  z.strictObject({ kind: z.literal('openWhiteboard'), takesOver: z.boolean() }),
  z.strictObject({ kind: z.literal('extend'), minutes: z.int().min(5).max(mostMinutesToExtend) }),
  z.strictObject({ kind: z.literal('end') }),
  z.strictObject({ kind: z.literal('raiseHand'), isRaised: z.boolean() }),
  z.strictObject({ kind: z.literal('react'), reaction }),
  z.strictObject({ kind: z.literal('chat'), text: chatText }),
]);
export type ControlAction = z.infer<typeof controlAction>;
export type ControlKind = ControlAction['kind'];

const hosts: readonly ParticipantRole[] = ['host', 'cohost'];
const everybody: readonly ParticipantRole[] = participantRoles;
const host: readonly ParticipantRole[] = ['host'];

/** Which action each role may take: the one table. */
const table: Readonly<Record<ControlKind, readonly ParticipantRole[]>> = {
  mute: hosts,
  unmute: hosts,
  muteAll: hosts,
  unmuteAll: hosts,
  stopCamera: hosts,
  allowCamera: hosts,
  remove: hosts,
  call: hosts,
  callAgain: hosts,
  hangUp: hosts,
  lock: hosts,
  admit: hosts,
  tellWaiting: hosts,
  spotlight: hosts,
  handOver: host,
  setCohost: host,
  rename: hosts,
  lowerHand: hosts,
  allowSharing: hosts,
  stopShare: hosts,
  openWhiteboard: everybody,
  extend: hosts,
  end: host,
  raiseHand: everybody,
  react: everybody,
  chat: everybody,
};
export const controlKinds = Object.keys(table) as ControlKind[];

export function mayControl(role: ParticipantRole, kind: ControlKind): boolean {
  return table[kind].includes(role);
}

/** What somebody does as one of the meeting: nobody can from outside of it. */
export function needsPresence(kind: ControlKind): boolean {
  return kind === 'raiseHand' || kind === 'react' || kind === 'chat' || kind === 'openWhiteboard';
}

/** Host or co-host. */
export function hostsMeeting(role: ParticipantRole): boolean {
  return hosts.includes(role);
}

/** Why an action was not carried out, in words for whoever asked for it. */
export const controlRefusals = {
  not_allowed: {
    en: 'Only the host or a co-host can do this. Ask one of them.',
    'zh-CN': '仅主持人或联席主持人可执行此操作，请联系他们。',
  },
  not_here: { en: 'They are no longer in the meeting.', 'zh-CN': '对方已不在会议中。' },
  not_waiting: { en: 'They are no longer in the waiting room.', 'zh-CN': '对方已不在等候室中。' },
  host_protected: {
    en: 'The host cannot be removed. Hand the host role over first.',
    'zh-CN': '不能移除主持人，请先移交主持人。',
  },
  yourself: { en: 'This cannot be done to yourself.', 'zh-CN': '不能对自己执行此操作。' },
  muted_by_host: {
    en: 'The host muted you and opens microphones. Raise your hand to speak.',
    'zh-CN': '主持人已将您静音，且不允许自行解除，请举手发言。',
  },
  muted_in_room: {
    en: 'The room’s own key mutes it. Only somebody in the room can lift that.',
    'zh-CN': '该会议室已用室内按键静音，仅室内人员可解除。',
  },
  camera_stopped_by_host: {
    en: 'The host stopped your camera. Ask them to allow it again.',
    'zh-CN': '主持人已关闭您的摄像头，请联系主持人恢复。',
  },
  cannot_extend: {
    en: 'The meeting cannot be extended: another one follows, or its plan has no more minutes.',
    'zh-CN': '会议无法延长：之后已有其他会议，或套餐时长已用尽。',
  },
  ...shareRuleRefusals,
  nobody_to_call: {
    en: 'Nobody was called: they are in the meeting already, or have no client that could ring.',
    'zh-CN': '未呼叫任何人：对方已在会中，或没有可响铃的客户端。',
  },
  too_many_to_call: {
    en: `Nobody was called: these are more than ${mostCalled} at once. Choose a smaller department, or people by name.`,
    'zh-CN': `未呼叫任何人：一次最多呼叫 ${mostCalled} 方，请选择较小的部门或逐个选择。`,
  },
  plan_too_small: {
    en: 'Nobody was called: the plan does not allow so many participants in one meeting.',
    'zh-CN': '未呼叫任何人：当前套餐不允许这么多与会方。',
  },
  callee_unknown: {
    en: 'Nobody was called: somebody you chose is no longer in the directory. Search again.',
    'zh-CN': '未呼叫任何人：所选对象已不在通讯录中，请重新搜索。',
  },
  number_invalid: {
    en: 'This phone number does not exist. Type it with its country code, such as +47 22 12 34 56.',
    'zh-CN': '该电话号码不存在，请输入含国家/地区代码的号码，如 +86 138 0013 8000。',
  },
  no_directory: {
    en: 'People and phone numbers can be called in only by people and rooms of the organization that holds this meeting; you belong to none, or to another. Send the invitation link instead.',
    'zh-CN':
      '仅会议所属企业的成员和会议室可呼叫通讯录中的人员和电话号码；您不属于任何企业，或属于其他企业。请改为发送邀请链接。',
  },
  not_ringing: { en: 'This call rings no longer.', 'zh-CN': '该呼叫已停止响铃。' },
  failed: { en: 'It did not work. Try again in a moment.', 'zh-CN': '操作未成功，请稍后重试。' },
} as const satisfies Record<string, LocalizedText>;
export type ControlRefusal = keyof typeof controlRefusals;
export const controlRefusal = z.enum(Object.keys(controlRefusals) as [ControlRefusal, ...ControlRefusal[]]);

/** What the controls of a meeting stand at; everybody in it sees them. */
export const meetingControls = z.object({
  isLocked: z.boolean(),
  /** Whoever joins is muted. */
  isMutedOnEntry: z.boolean(),
  /** Whether people whom a host muted may unmute themselves. */
  canUnmute: z.boolean(),
  canShare: z.boolean(),
  /** Everybody sees their own name over the pictures, so that whoever films them films their name. */
  hasWatermark: z.boolean().default(false),
  spotlight: participantId.nullable(),
});
export type MeetingControls = z.infer<typeof meetingControls>;

/** A meeting in which nobody decided anything yet. */
export const openControls: MeetingControls = {
  isLocked: false,
  isMutedOnEntry: false,
  canUnmute: true,
  canShare: true,
  hasWatermark: false,
  spotlight: null,
};

/** The host role waits this long for a host whose connection dropped; then it passes on. */
export const hostAwayMs = 60_000;
