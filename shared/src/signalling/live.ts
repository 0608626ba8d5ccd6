import { z } from 'zod';
import { participantId } from '../ids.ts';
import { calledEntry } from '../meeting/calling.ts';
import { meetingControls } from '../meeting/control.ts';
import { sharedContent } from '../meeting/sharing.ts';
import { rosterEntry, waitingEntry } from './messages.ts';

/**
 * A live meeting as whoever controls it from outside sees it, and what changes of it: events of one stream, which arrive
 * in order, so that a change means what was told before it. A reader who was too slow is told everything again.
 */
export const liveView = z.object({
  /** Null while nobody is in. */
  controls: meetingControls.nullable(),
  /** In the order of joining. */
  roster: z.array(rosterEntry),
  waiting: z.array(waitingEntry),
  /** Who was called and is not in it. */
  called: z.array(calledEntry),
  /** What somebody shares. */
  content: sharedContent.nullable(),
});
export type LiveView = z.infer<typeof liveView>;

export const emptyLiveView: LiveView = { controls: null, roster: [], waiting: [], called: [], content: null };

/** What is not named did not change. */
export const liveChange = z.object({
  controls: meetingControls.nullable().optional(),
  /** Entries that are new or different. */
  changed: z.array(rosterEntry),
  left: z.array(participantId),
  waiting: z.array(waitingEntry).optional(),
  called: z.array(calledEntry).optional(),
  content: sharedContent.nullable().optional(),
});
export type LiveChange = z.infer<typeof liveChange>;

export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('view'), view: liveView }),
  z.object({ type: z.literal('change'), change: liveChange }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

const isAlike = <T>(a: T, b: T) => JSON.stringify(a) === JSON.stringify(b);

/** What turns `before` into `after`; null when nothing does. */
export function changeOf(before: LiveView, after: LiveView): LiveChange | null {
  const known = new Map(before.roster.map((entry) => [entry.participantId, entry]));
  const here = new Set(after.roster.map((entry) => entry.participantId));
  const change: LiveChange = {
    changed: after.roster.filter((entry) => !isAlike(known.get(entry.participantId), entry)),
    left: [...known.keys()].filter((id) => !here.has(id)),
    ...(isAlike(before.controls, after.controls) ? {} : { controls: after.controls }),
    ...(isAlike(before.waiting, after.waiting) ? {} : { waiting: after.waiting }),
    ...(isAlike(before.called, after.called) ? {} : { called: after.called }),
    ...(isAlike(before.content, after.content) ? {} : { content: after.content }),
  };
  const isNothing = isAlike(change, { changed: [], left: [] });
  return isNothing ? null : change;
}

/** The view after an event. Entries that did not change stay the same objects. */
export function followLive(view: LiveView, event: LiveEvent): LiveView {
  if (event.type === 'view') return event.view;
  const { changed, left, ...rest } = event.change;
  const { controls = view.controls, waiting = view.waiting, called = view.called, content = view.content } = rest;
  const around = { controls, waiting, called, content };
  if (changed.length + left.length === 0) return { ...view, ...around };
  const roster = new Map(view.roster.map((entry) => [entry.participantId, entry]));
  for (const id of left) roster.delete(id);
  for (const entry of changed) roster.set(entry.participantId, entry);
  return { ...around, roster: [...roster.values()] };
}
