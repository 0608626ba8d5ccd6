import type { Reaction } from '@anteroom/shared/meeting/control.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { JoinedState } from '../stage.ts';

/** What happened in the meeting that somebody who does not see the page has to hear. */
export type Announcement =
  | { what: 'hand'; name: string }
  | { what: 'message'; name: string; text: string }
  | { what: 'reaction'; name: string; reaction: Reaction }
  | { what: 'spotlight'; name: string }
  | { what: 'screen' | 'whiteboard'; name: string }
  | { what: 'unshared' }
  | { what: 'locked' | 'unlocked' | 'host' | 'cohost' | 'plain' };

type Heard = Pick<JoinedState, 'participantId' | 'roster' | 'talk'>;
const leads = (role: RosterEntry['role'] | undefined) => role === 'host' || role === 'cohost';

/** What became different between two states of a meeting; one's own doings are not told. */
export function announcementsOf(before: Heard, after: Heard): Announcement[] {
  if (before === after) return [];
  const ownId = after.participantId;
  const earlier = new Map(before.roster.map((entry) => [entry.participantId, entry]));
  const nameOf = (id: string) => after.roster.find((entry) => entry.participantId === id)?.name;
  const told: Announcement[] = [];

  if (before.roster !== after.roster) {
    for (const entry of after.roster) {
      const was = earlier.get(entry.participantId);
      if (entry.participantId === ownId) {
        if (was && was.role !== entry.role) told.push(...roleChange(was.role, entry.role));
      } else if (was && entry.handRaisedAt !== null && was.handRaisedAt === null) {
        told.push({ what: 'hand', name: entry.name });
      }
    }
  }
  const lastId = before.talk.chat.at(-1)?.id ?? 0;
  for (const { id, from, name, text } of after.talk.chat) {
    if (id > lastId && from !== ownId) told.push({ what: 'message', name, text });
  }
  const lastKey = before.talk.reactions.at(-1)?.key ?? 0;
  for (const { key, participantId, reaction } of after.talk.reactions) {
    const name = nameOf(participantId);
    if (key > lastKey && participantId !== ownId && name) told.push({ what: 'reaction', name, reaction });
  }
  const { isLocked, spotlight } = after.talk.controls;
  if (isLocked !== before.talk.controls.isLocked) told.push({ what: isLocked ? 'locked' : 'unlocked' });
  const shown = spotlight === null ? undefined : nameOf(spotlight);
  if (spotlight !== before.talk.controls.spotlight && shown) told.push({ what: 'spotlight', name: shown });
  return [...told, ...contentChange(before, after, nameOf)];
}

function contentChange(before: Heard, after: Heard, nameOf: (id: string) => string | undefined): Announcement[] {
  const [was, is] = [before.talk.content, after.talk.content];
  if (was?.startedAt === is?.startedAt && was?.participantId === is?.participantId) return [];
  if (is === null) return was?.participantId === after.participantId ? [] : [{ what: 'unshared' }];
  const name = nameOf(is.participantId);
  return name && is.participantId !== after.participantId ? [{ what: is.kind, name }] : [];
}

function roleChange(was: RosterEntry['role'], is: RosterEntry['role']): Announcement[] {
  if (is === 'host' || is === 'cohost') return [{ what: is }];
  return leads(was) ? [{ what: 'plain' }] : [];
}
