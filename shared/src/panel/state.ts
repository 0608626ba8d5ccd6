import { z } from 'zod';
import { meetingId, participantId } from '../ids.ts';
import { calledEntry } from '../meeting/calling.ts';
import { controlAction, controlRefusal, meetingControls, reaction } from '../meeting/control.ts';
import { joinRefusal } from '../meeting/refusal.ts';
import { sharedContent, shareEnd, shareRefusal } from '../meeting/sharing.ts';
import { peripheral } from '../protocol/desired.ts';
import { instant } from '../protocol/envelope.ts';
import { chatEntry, mediaState, rosterEntry, waitingEntry } from '../signalling/messages.ts';
import { language } from '../text.ts';

/**
 * What a terminal's screens show: one document, pushed whole by server-sent events (GET /api/state) whenever it changes.
 * The screens compute nothing but time from it: `serverTime - Date.now()` when it arrives is their clock's offset.
 */
export const panelMeeting = z.object({
  meetingId,
  number: z.string(),
  subject: z.string(),
  organizerName: z.string(),
  startAt: instant,
  endAt: instant,
  /** False when the terminal holds no ticket for it. */
  canJoin: z.boolean(),
});
export type PanelMeeting = z.infer<typeof panelMeeting>;

/** A ring that nobody in the room answered, shown until somebody puts it away. */
export const missedCall = z.object({
  meetingId,
  subject: z.string(),
  callerName: z.string(),
  /** When it stopped ringing, or would have. */
  missedAt: instant,
});
export type MissedCall = z.infer<typeof missedCall>;

/** Who made this room join: somebody in it, the fleet by a command, or the terminal, which answers automatically. */
export const callStarter = z.enum(['room', 'fleet', 'automatic']);
export type CallStarter = z.infer<typeof callStarter>;

/** Binding of the terminal: what the pairing screen or the room header shows. */
export const bindingState = z.discriminatedUnion('state', [
  /** No code yet; `fault` says why when the fleet does not answer. */
  z.object({ state: z.literal('contacting'), fault: z.string().nullable() }),
  z.object({
    state: z.literal('pairing'),
    /** `ABCD-EFGH` */
    code: z.string(),
    keyPhrase: z.string(),
    expiresAt: instant,
    /** What the QR code on the display holds. */
    claimUrl: z.string(),
  }),
  z.object({
    state: z.literal('claimed'),
    terminalName: z.string(),
    organizationName: z.string(),
    /** Null until an administrator gives a space. */
    space: z
      .object({ name: z.string(), site: z.string(), floor: z.string(), capacity: z.int(), timeZone: z.string() })
      .nullable(),
    roomName: z.string().nullable(),
  }),
  /** Claimed, and the desired document has not arrived yet. */
  z.object({ state: z.literal('configuring') }),
  /** The certificate was revoked: the terminal asks for a new pairing code by itself. */
  z.object({ state: z.literal('revoked') }),
]);
export type BindingState = z.infer<typeof bindingState>;

/** What became of the last action of meeting control that was asked for here. */
export const controlOutcome = z.object({ action: controlAction, refusal: controlRefusal.nullable(), at: instant });
export type ControlOutcome = z.infer<typeof controlOutcome>;

export const shownReaction = z.object({ participantId, reaction, at: instant });
export type ShownReaction = z.infer<typeof shownReaction>;

/** What a room shares of the laptop on its table. `end`: why that ended, or did not begin, without a touch here. */
export const ownShare = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('off'), end: z.union([shareEnd, shareRefusal, z.literal('unplugged')]).nullable() }),
  z.object({ phase: z.literal('starting') }),
  z.object({ phase: z.literal('on') }),
]);

/** The terminal's meeting state machine, as screens see it. */
export const callState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  /** A meeting that began "now" asks for an answer. */
  z.object({ state: z.literal('ringing'), meeting: panelMeeting, callerName: z.string(), until: instant }),
  z.object({
    state: z.literal('joining'),
    meeting: panelMeeting,
    since: instant,
    attempt: z.int().min(1),
    startedBy: callStarter,
    /** Nobody in the room started it, and it began open as the room's setting says; until somebody here chooses. */
    beganOpen: z.boolean(),
  }),
  z.object({
    state: z.literal('in'),
    meeting: panelMeeting,
    since: instant,
    startedBy: callStarter,
    /** Nobody in the room started it, and it began open as the room's setting says; until somebody here chooses. */
    beganOpen: z.boolean(),
    ownParticipantId: participantId,
    media: mediaState,
    roster: z.array(rosterEntry),
    /** Pressed Join → first remote frame, ms; null until a remote frame arrived. */
    firstFrameMs: z.number().nullable(),
    /** A host asks this room to open something, or opened it as the room's setting allows. */
    hostWish: z
      .object({ what: z.enum(['microphone', 'camera']), by: z.string(), manner: z.enum(['asked', 'opened']) })
      .nullable(),
    controls: meetingControls,
    /** What somebody shares. */
    content: sharedContent.nullable(),
    /** Who waits to be let in; told only while this room is host or co-host. */
    waiting: z.array(waitingEntry),
    /** Who was called and is not in; told only while this room is host or co-host. */
    called: z.array(calledEntry),
    /** The latest of each participant. */
    reactions: z.array(shownReaction),
    /** What somebody else wrote last, since this room came in. */
    words: chatEntry.nullable(),
    outcome: controlOutcome.nullable(),
    ownShare,
  }),
  /** Was in the meeting and comes back by itself. */
  z.object({
    state: z.literal('reconnecting'),
    meeting: panelMeeting,
    since: instant,
    media: mediaState,
    cause: z.enum(['network', 'mediaProcess', 'mediaServer']),
  }),
  z.object({ state: z.literal('leaving'), meeting: panelMeeting }),
  /** `retryAt`: when the terminal tries again by itself, else null. */
  z.object({ state: z.literal('failed'), meeting: panelMeeting, reason: joinRefusal, retryAt: instant.nullable() }),
]);
export type CallState = z.infer<typeof callState>;

export const panelState = z.object({
  /** Grows with every push. */
  revision: z.int().min(1),
  serverTime: instant,
  language,
  binding: bindingState,
  /** The link to the fleet; `since` is when it came or went. */
  link: z.object({ isOnline: z.boolean(), since: instant.nullable() }),
  /** Live and upcoming, by start. */
  meetings: z.array(panelMeeting),
  call: callState,
  /** The latest first. */
  missedCalls: z.array(missedCall),
  /** A setting: rings are missed without a sound. */
  doNotDisturb: z.boolean(),
  /** The mute key of the room's microphones is down: only somebody in the room lifts that. */
  isMutedInRoom: z.boolean(),
  /** What a laptop is plugged into; null where the room has none. `isShown`: on the room's display, outside of a meeting. */
  input: z.object({ isPluggedIn: z.boolean(), isShown: z.boolean() }).nullable(),
  volumePercent: z.int().min(0).max(100),
  peripherals: z.array(peripheral),
  /** Non-null while an administrator asked the terminal to show itself. */
  identifyUntil: instant.nullable(),
  /** Whether GET /api/display.jpg shows the composed picture (virtual displays only). */
  hasDisplayPreview: z.boolean(),
  /** Whether GET /api/self.jpg shows what the far end sees. */
  hasSelfPreview: z.boolean(),
  /** Whether devices stand beside the terminal, of which GET /api/devices tells. */
  hasDevices: z.boolean(),
  serial: z.string(),
  software: z.string(),
});
export type PanelState = z.infer<typeof panelState>;

/**
 * What a person touched: POST /api/touches, answered 202 with nothing; the effect shows in the state. It is answered at
 * once, but `control` only when the fleet has carried it out or refused it.
 */
export const panelTouch = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('join'), meetingId }),
  z.strictObject({ kind: z.literal('answer') }),
  z.strictObject({ kind: z.literal('decline') }),
  z.strictObject({ kind: z.literal('dismissMissed') }),
  z.strictObject({ kind: z.literal('leave') }),
  z.strictObject({ kind: z.literal('cancelJoin') }),
  z.strictObject({ kind: z.literal('dismissFailure') }),
  z.strictObject({ kind: z.literal('setMicrophone'), isOn: z.boolean() }),
  z.strictObject({ kind: z.literal('setCamera'), isOn: z.boolean() }),
  /** The answer to a host's wish; `declineAsk` also puts the note away that something was opened. */
  z.strictObject({ kind: z.literal('acceptAsk') }),
  z.strictObject({ kind: z.literal('declineAsk') }),
  /** Meeting control, with the rights that this room has in the meeting. */
  z.strictObject({ kind: z.literal('control'), action: controlAction }),
  /** Shares the laptop that is plugged in; instead of what somebody else shares only with `takesOver`. */
  z.strictObject({ kind: z.literal('share'), takesOver: z.boolean() }),
  /** Ends that, or puts away why it ended. */
  z.strictObject({ kind: z.literal('stopSharing') }),
  z.strictObject({ kind: z.literal('setVolume'), volumePercent: z.int().min(0).max(100) }),
  z.strictObject({ kind: z.literal('setLanguage'), language }),
]);
export type PanelTouch = z.infer<typeof panelTouch>;
