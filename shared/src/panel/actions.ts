import { controlRefusals } from '../meeting/control.ts';
import { joinableBeforeMs } from '../meeting/joinable.ts';
import { whyNotControl, whyNotOpen } from '../meeting/people.ts';
import { refusalToShare } from '../meeting/share-rules.ts';
import type { RosterEntry } from '../signalling/messages.ts';
import type { LocalizedText } from '../text.ts';
import type { CallState, PanelState, PanelTouch } from './state.ts';

/** Everything that a person can do at a terminal. */
export type PanelAction = PanelTouch['kind'];

/** Why an action is not possible now; shown beside the disabled button and in the problem details of the panel's API. */
export const actionRefusals = {
  not_paired: { en: 'This terminal is not paired yet.', 'zh-CN': '终端尚未配对。' },
  already_in_call: { en: 'This room is already in a meeting. Leave it first.', 'zh-CN': '本室已在会议中，请先离开。' },
  leaving: { en: 'This room is leaving a meeting. Try again in a moment.', 'zh-CN': '本室正在离开会议，请稍候。' },
  reconnecting: {
    en: 'This room is coming back into the meeting. Try again in a moment.',
    'zh-CN': '本室正在恢复连接，请稍候。',
  },
  no_call: { en: 'This room is not in a meeting.', 'zh-CN': '本室不在会议中。' },
  not_ringing: { en: 'No meeting is calling.', 'zh-CN': '没有会议来电。' },
  not_joining: { en: 'This room is not joining a meeting.', 'zh-CN': '本室未在加入会议。' },
  nothing_missed: { en: 'No missed call is shown.', 'zh-CN': '没有未接来电。' },
  own_mute_key: {
    en: 'The microphone is off in the room. Press its own mute key to switch it on.',
    'zh-CN': '麦克风已在室内关闭，请按其静音键打开。',
  },
  no_laptop: {
    en: 'No laptop is connected. Plug the cable on the table into one.',
    'zh-CN': '未连接笔记本电脑，请插上桌面线缆。',
  },
  not_sharing: { en: 'This room is not sharing.', 'zh-CN': '本室未在共享。' },
  no_failure: { en: 'There is nothing to dismiss.', 'zh-CN': '没有可关闭的提示。' },
  meeting_unknown: { en: 'This meeting is no longer on the schedule.', 'zh-CN': '会议已不在日程中。' },
  no_ticket: {
    en: 'This room may see this meeting but not join it. Ask an administrator.',
    'zh-CN': '本室可查看但不能加入此会议，请联系管理员。',
  },
  too_early: { en: 'The door opens 10 minutes before the start.', 'zh-CN': '开始前 10 分钟可入会。' },
} as const satisfies Record<string, LocalizedText>;
export type ActionRefusal = keyof typeof actionRefusals;

/** Why a touch is not followed: by the terminal's own rules, or by those of the meeting. */
export const touchRefusals = { ...actionRefusals, ...controlRefusals } as const satisfies Record<string, LocalizedText>;
export type TouchRefusal = keyof typeof touchRefusals;

type CallName = CallState['state'];
type Rule = 'yes' | ActionRefusal;

const everywhere = ['idle', 'ringing', 'joining', 'in', 'reconnecting', 'leaving', 'failed'] as const;

/**
 * Which action is allowed in which state of the call: the one table, used by the terminal's state machine, its API and
 * its screens. `join` has conditions of its meeting besides: `whyNotTouch` adds them.
 */
const table: Readonly<Record<PanelAction, Readonly<Record<CallName, Rule>>>> = {
  join: {
    idle: 'yes',
    ringing: 'yes',
    joining: 'already_in_call',
    in: 'already_in_call',
    reconnecting: 'already_in_call',
    leaving: 'leaving',
    failed: 'yes',
  },
  answer: only(['ringing'], 'not_ringing'),
  decline: only(['ringing'], 'not_ringing'),
  dismissMissed: only(everywhere, 'nothing_missed'),
  leave: { ...only(['in', 'reconnecting', 'joining'], 'no_call'), leaving: 'leaving' },
  cancelJoin: only(['joining'], 'not_joining'),
  dismissFailure: only(['failed'], 'no_failure'),
  // While joining, a person may already close or open what the far end will see.
  setMicrophone: { ...only(['joining', 'in', 'reconnecting'], 'no_call'), leaving: 'leaving' },
  setCamera: { ...only(['joining', 'in', 'reconnecting'], 'no_call'), leaving: 'leaving' },
  acceptAsk: { ...only(['in', 'reconnecting'], 'no_call'), leaving: 'leaving' },
  declineAsk: { ...only(['in', 'reconnecting'], 'no_call'), leaving: 'leaving' },
  control: { ...only(['in'], 'no_call'), reconnecting: 'reconnecting', leaving: 'leaving' },
  share: { ...only(['in'], 'no_call'), reconnecting: 'reconnecting', leaving: 'leaving' },
  stopSharing: { ...only(['in', 'reconnecting'], 'no_call'), leaving: 'leaving' },
  setVolume: only(everywhere, 'no_call'),
  setLanguage: only(everywhere, 'no_call'),
};

function only(states: readonly CallName[], otherwise: ActionRefusal): Record<CallName, Rule> {
  const rule = (state: CallName): Rule => (states.includes(state) ? 'yes' : otherwise);
  return {
    idle: rule('idle'),
    ringing: rule('ringing'),
    joining: rule('joining'),
    in: rule('in'),
    reconnecting: rule('reconnecting'),
    leaving: rule('leaving'),
    failed: rule('failed'),
  };
}

/** Why `action` is not possible in a call of this state; null when it is. */
export function whyNot(action: PanelAction, state: CallName): ActionRefusal | null {
  const rule = table[action][state];
  return rule === 'yes' ? null : rule;
}

/** Why this touch is not possible on these screens at this instant of server time; null when it is. */
export function whyNotTouch(touch: PanelTouch, state: PanelState, nowMs: number): TouchRefusal | null {
  if (touch.kind === 'setLanguage' || touch.kind === 'setVolume') return null;
  if (state.binding.state !== 'claimed') return 'not_paired';
  if (touch.kind === 'dismissMissed' && state.missedCalls.length === 0) return 'nothing_missed';
  const refusal = whyNot(touch.kind, state.call.state);
  if (refusal) return refusal;
  if (state.isMutedInRoom && opensMicrophone(touch, state.call)) return 'own_mute_key';
  if (touch.kind === 'share' && !state.input?.isPluggedIn) return 'no_laptop';
  if (state.call.state === 'in') return whyNotInMeeting(touch, state.call);
  if (touch.kind !== 'join') return null;
  const meeting = state.meetings.find((known) => known.meetingId === touch.meetingId);
  if (!meeting) return 'meeting_unknown';
  if (!meeting.canJoin) return 'no_ticket';
  return Date.parse(meeting.startAt) - nowMs > joinableBeforeMs ? 'too_early' : null;
}

function opensMicrophone(touch: PanelTouch, call: CallState): boolean {
  if (touch.kind === 'acceptAsk') return call.state === 'in' && call.hostWish?.what === 'microphone';
  return touch.kind === 'setMicrophone' && touch.isOn;
}

/** What the meeting itself says to it. */
function whyNotInMeeting(touch: PanelTouch, call: Extract<CallState, { state: 'in' }>): TouchRefusal | null {
  const own = call.roster.find(({ participantId }) => participantId === call.ownParticipantId);
  switch (touch.kind) {
    case 'control':
      return whyNotControl(own, call, touch.action);
    case 'share':
      return own ? whyNotShare(own, call, touch) : 'not_here';
    case 'stopSharing':
      return call.ownShare.phase === 'off' && call.ownShare.end === null ? 'not_sharing' : null;
    case 'setMicrophone':
      return touch.isOn && own ? whyNotOpen(own, 'microphone', call.controls) : null;
    case 'setCamera':
      return touch.isOn && own ? whyNotOpen(own, 'camera', call.controls) : null;
    default:
      return null;
  }
}

function whyNotShare(
  own: RosterEntry,
  { controls, content, roster }: Extract<CallState, { state: 'in' }>,
  { takesOver }: Extract<PanelTouch, { kind: 'share' }>,
): TouchRefusal | null {
  const sharer = roster.find(({ participantId }) => participantId === content?.participantId);
  return refusalToShare({ own, controls, content, sharerRole: sharer?.role ?? null }, { takesOver });
}
