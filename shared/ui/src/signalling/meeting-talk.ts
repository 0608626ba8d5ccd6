import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { CalledEntry } from '@anteroom/shared/meeting/calling.ts';
import { type MeetingControls, openControls, type Reaction } from '@anteroom/shared/meeting/control.ts';
import type { SharedContent } from '@anteroom/shared/meeting/sharing.ts';
import type { ChatEntry, ServerMessage, WaitingEntry } from '@anteroom/shared/signalling/messages.ts';

/** What goes on in a meeting besides its media: its controls, what is shared, and what people and hosts say to each other. */
export type MeetingTalk = {
  controls: MeetingControls;
  content: SharedContent | null;
  /** Only hosts and co-hosts are told. */
  waiting: readonly WaitingEntry[];
  /** Who was called and is not here; only hosts and co-hosts are told. */
  called: readonly CalledEntry[];
  chat: readonly ChatEntry[];
  /** A host asks for the own microphone or camera; null when nobody does. */
  ask: { what: 'microphone' | 'camera'; by: string } | null;
  /** The last reactions, the oldest first; `key` names one. */
  reactions: readonly { key: number; participantId: ParticipantId; reaction: Reaction; atMs: number }[];
};

export const silentTalk: MeetingTalk = {
  controls: openControls,
  content: null,
  waiting: [],
  called: [],
  chat: [],
  ask: null,
  reactions: [],
};

const keptReactions = 20;

/** The talk after a message of the server; the same object when it is about something else. */
export function followTalk(talk: MeetingTalk, message: ServerMessage, nowMs: number): MeetingTalk {
  switch (message.type) {
    case 'joined':
      return {
        ...{ ...talk, controls: message.controls, content: message.content, chat: message.chat },
        ...{ waiting: [], called: [] },
      };
    case 'meeting':
      return { ...talk, controls: message.controls, content: message.content };
    case 'waiting':
      return { ...talk, waiting: message.waiting };
    case 'called':
      return { ...talk, called: message.called };
    case 'chat':
      return { ...talk, chat: [...talk.chat, message.chat] };
    case 'ask':
      return { ...talk, ask: { what: message.what, by: message.by } };
    case 'reaction': {
      const { participantId, reaction } = message;
      const key = (talk.reactions.at(-1)?.key ?? 0) + 1;
      const shown = { key, participantId, reaction, atMs: nowMs };
      return { ...talk, reactions: [...talk.reactions.slice(1 - keptReactions), shown] };
    }
    default:
      return talk;
  }
}
