import { type ParticipantId, participantId } from '../ids.ts';
import type { RosterEntry, WaitingEntry } from '../signalling/messages.ts';
import {
  type ControlAction,
  type ControlRefusal,
  type MeetingControls,
  mayControl,
  type ParticipantRole,
} from './control.ts';

/**
 * The people of a meeting as client, panel and console list them, and what one of them may do to another. It says what is
 * offered; the signalling role decides again.
 */

/** Above so many the list can be searched. */
export const searchAbove = 10;

const rank: Readonly<Record<ParticipantRole, number>> = { host: 0, cohost: 1, member: 2, guest: 2 };

/** Raised hands first, in the order of raising; then hosts; then everybody else in the order of joining. */
export function orderPeople(roster: readonly RosterEntry[]): RosterEntry[] {
  return [...roster].sort((a, b) => {
    if (a.handRaisedAt !== null || b.handRaisedAt !== null) {
      if (a.handRaisedAt === null) return 1;
      if (b.handRaisedAt === null) return -1;
      if (a.handRaisedAt !== b.handRaisedAt) return a.handRaisedAt < b.handRaisedAt ? -1 : 1;
    }
    return (
      rank[a.role] - rank[b.role] ||
      a.joinedAt.localeCompare(b.joinedAt) ||
      a.participantId.localeCompare(b.participantId)
    );
  });
}

/** When the last of them came to the door; '' while nobody waits there. */
export function lastToWait(waiting: readonly WaitingEntry[]): string {
  return waiting.reduce((latest, { since }) => (since > latest ? since : latest), '');
}

/** Those whose name holds every word that was typed, whatever its case. */
export function matchPeople(people: readonly RosterEntry[], typed: string): RosterEntry[] {
  const fold = (text: string) => text.normalize('NFKC').toLocaleLowerCase();
  const words = fold(typed).split(/\s+/u).filter(Boolean);
  return people.filter(({ name }) => {
    const folded = fold(name);
    return words.every((word) => folded.includes(word));
  });
}

export type ChoiceName =
  | 'mute'
  | 'unmute'
  | 'askMicrophone'
  | 'stopCamera'
  | 'allowCamera'
  | 'askCamera'
  | 'spotlight'
  | 'unspotlight'
  | 'lowerHand'
  | 'rename'
  | 'makeCohost'
  | 'unmakeCohost'
  | 'handOver'
  | 'hangUp'
  | 'remove';

/** One line of a person's menu. `refusal`: shown and not to be pressed, for this reason. */
export type PersonChoice = { name: ChoiceName; action: ControlAction; refusal: ControlRefusal | null };

/** Whoever controls from outside of the meeting: nobody in it, with its host's rights. */
export const outsideController: { participantId: null; role: ParticipantRole } = { participantId: null, role: 'host' };

/** What one may do to somebody, or to oneself, as it stands now. */
export function choicesFor(
  own: Pick<RosterEntry, 'participantId' | 'role'> | typeof outsideController,
  entry: RosterEntry,
  controls: MeetingControls,
): PersonChoice[] {
  const { participantId } = entry;
  const isOwn = own.participantId === participantId;
  const wanted = [
    ...(isOwn ? [] : [microphoneChoice(entry), cameraChoice(entry)]),
    spotlightChoice(participantId, controls),
    ...(entry.handRaisedAt === null ? [] : [choice('lowerHand', { kind: 'lowerHand', participantId })]),
    choice('rename', { kind: 'rename', participantId, name: entry.name }),
    ...(isOwn ? [] : roleChoices(entry)),
    ...(isOwn ? [] : endChoices(entry)),
  ];
  return wanted.filter(({ action }) => mayControl(own.role, action.kind));
}

function choice(name: ChoiceName, action: ControlAction, refusal: ControlRefusal | null = null): PersonChoice {
  return { name, action, refusal };
}

function microphoneChoice({ participantId, media, isMutedByHost, isMutedInRoom }: RosterEntry): PersonChoice {
  if (isMutedByHost) return choice('unmute', { kind: 'unmute', participantId });
  if (media.isMicrophoneOn) return choice('mute', { kind: 'mute', participantId });
  return choice('askMicrophone', { kind: 'unmute', participantId }, isMutedInRoom ? 'muted_in_room' : null);
}

function cameraChoice({ participantId, media, isCameraStoppedByHost }: RosterEntry): PersonChoice {
  if (isCameraStoppedByHost) return choice('allowCamera', { kind: 'allowCamera', participantId });
  if (media.isCameraOn) return choice('stopCamera', { kind: 'stopCamera', participantId });
  return choice('askCamera', { kind: 'allowCamera', participantId });
}

function spotlightChoice(participantId: ParticipantId, { spotlight }: MeetingControls): PersonChoice {
  return spotlight === participantId
    ? choice('unspotlight', { kind: 'spotlight', participantId: null })
    : choice('spotlight', { kind: 'spotlight', participantId });
}

function roleChoices({ participantId, role }: RosterEntry): PersonChoice[] {
  if (role === 'host') return [];
  const isCohost = role === 'cohost';
  return [
    choice(isCohost ? 'unmakeCohost' : 'makeCohost', { kind: 'setCohost', participantId, isCohost: !isCohost }),
    choice('handOver', { kind: 'handOver', participantId }),
  ];
}

/** Hanging up ends a stay and no more; whoever is removed comes back only when called. */
function endChoices({ participantId, role }: RosterEntry): PersonChoice[] {
  const refusal = role === 'host' ? 'host_protected' : null;
  return [
    choice('hangUp', { kind: 'hangUp', whom: participantId }, refusal),
    choice('remove', { kind: 'remove', participantId }, refusal),
  ];
}

/**
 * What has to be done before one's own device may be opened: nothing, an action of the server's first, or it may not, for
 * this reason.
 */
export function beforeOpening(
  own: RosterEntry,
  kind: 'microphone' | 'camera',
): { ask: ControlAction } | { refusal: ControlRefusal } | null {
  const { participantId } = own;
  if (kind === 'microphone') return own.isMutedByHost ? { ask: { kind: 'unmute', participantId } } : null;
  if (!own.isCameraStoppedByHost) return null;
  return mayControl(own.role, 'allowCamera')
    ? { ask: { kind: 'allowCamera', participantId } }
    : { refusal: 'camera_stopped_by_host' };
}

/**
 * Why `own` cannot do this now, by the roster and the waiting room as they are known here; null when they can. The
 * signalling role asks the same of its own state and has the last word.
 */
export function whyNotControl(
  own: RosterEntry | undefined,
  { roster, waiting }: { roster: readonly RosterEntry[]; waiting: readonly WaitingEntry[] },
  action: ControlAction,
): ControlRefusal | null {
  if (!own) return 'not_here';
  if (isOwnToUndo(own, action)) return null;
  if (!mayControl(own.role, action.kind)) return 'not_allowed';
  if (action.kind === 'hangUp') return whyNotHangUp(own, roster, action.whom);
  if (!('participantId' in action) || action.participantId === null) return null;
  const { kind, participantId } = action;
  const isTarget = (one: { participantId: ParticipantId }) => one.participantId === participantId;
  if (kind === 'admit') return waiting.some(isTarget) ? null : 'not_waiting';
  const target = roster.find(isTarget);
  if (!target) return 'not_here';
  if (target === own && (kind === 'remove' || kind === 'handOver' || kind === 'setCohost')) return 'yourself';
  return kind === 'remove' && target.role === 'host' ? 'host_protected' : null;
}

/** Whoever is not a participant rings somewhere, or is on the list of who was called: that the server knows. */
function whyNotHangUp(
  own: RosterEntry,
  roster: readonly RosterEntry[],
  whom: Extract<ControlAction, { kind: 'hangUp' }>['whom'],
): ControlRefusal | null {
  const id = participantId.safeParse(whom);
  if (!id.success) return null;
  if (id.data === own.participantId) return 'yourself';
  const target = roster.find((entry) => entry.participantId === id.data);
  if (!target) return 'not_here';
  return target.role === 'host' ? 'host_protected' : null;
}

/** Everybody asks for their own microphone back and ends their own share. */
function isOwnToUndo(own: RosterEntry, action: ControlAction): boolean {
  return (action.kind === 'unmute' || action.kind === 'stopShare') && action.participantId === own.participantId;
}

/** Why one's own device cannot be opened, because a host closed it and opens it; null when it can. */
export function whyNotOpen(
  own: RosterEntry,
  kind: 'microphone' | 'camera',
  controls: Pick<MeetingControls, 'canUnmute'>,
): ControlRefusal | null {
  const before = beforeOpening(own, kind);
  if (before === null) return null;
  if ('refusal' in before) return before.refusal;
  return kind === 'microphone' && !controls.canUnmute && !mayControl(own.role, 'unmute') ? 'muted_by_host' : null;
}
