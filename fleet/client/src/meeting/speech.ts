import type { ParticipantId } from '@anteroom/shared/ids.ts';

/** Who of the others spoke when, and who counts as the speaker now. */
export type Speech = {
  speakerId: ParticipantId | null;
  /** Since when each of them speaks who speaks now, in the order in which they began. */
  speakingSinceMs: ReadonlyMap<ParticipantId, number>;
  /** When each of them last began or stopped. */
  spokeAtMs: ReadonlyMap<ParticipantId, number>;
};

export const silence: Speech = { speakerId: null, speakingSinceMs: new Map(), spokeAtMs: new Map() };

/** A cough or a word between does not move the pictures. */
export const speaksForMs = 2_000;

/**
 * Follows who speaks. The first is the speaker at once; another becomes it after two seconds of speech, and not while the
 * speaker speaks too. The same object when nothing changed.
 */
export function nextSpeech(before: Speech, speaking: readonly ParticipantId[], nowMs: number): Speech {
  const began = speaking.filter((id) => !before.speakingSinceMs.has(id));
  const stopped = [...before.speakingSinceMs.keys()].filter((id) => !speaking.includes(id));
  const isChanged = began.length + stopped.length > 0;
  const speakingSinceMs = isChanged
    ? new Map([
        ...[...before.speakingSinceMs].filter(([id]) => !stopped.includes(id)),
        ...began.map((id) => [id, nowMs] as const),
      ])
    : before.speakingSinceMs;
  const spokeAtMs = isChanged
    ? new Map([...before.spokeAtMs, ...[...stopped, ...began].map((id) => [id, nowMs] as const)])
    : before.spokeAtMs;
  const speakerId = speakerOf(before.speakerId, speakingSinceMs, nowMs);
  if (!isChanged && speakerId === before.speakerId) return before;
  return { speakerId, speakingSinceMs, spokeAtMs };
}

function speakerOf(
  present: ParticipantId | null,
  speakingSinceMs: Speech['speakingSinceMs'],
  nowMs: number,
): ParticipantId | null {
  const [first] = speakingSinceMs;
  if (!first || (present !== null && speakingSinceMs.has(present))) return present;
  const [id, sinceMs] = first;
  return present === null || nowMs - sinceMs >= speaksForMs ? id : present;
}

/** When the speaker changes if everybody goes on as now; null when nobody is to take over. */
export function speakerDueAtMs({ speakerId, speakingSinceMs }: Speech): number | null {
  const [first] = speakingSinceMs.values();
  if (first === undefined || speakerId === null || speakingSinceMs.has(speakerId)) return null;
  return first + speaksForMs;
}
