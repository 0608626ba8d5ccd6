import type { ParticipantId } from '@anteroom/shared/ids.ts';
import {
  type ControlAction,
  type ControlRefusal,
  type MeetingControls,
  openControls,
  type Reaction,
} from '@anteroom/shared/meeting/control.ts';
import type { SharedContent } from '@anteroom/shared/meeting/sharing.ts';
import type { ChatEntry, ClientMessage, ServerMessage, WaitingEntry } from '@anteroom/shared/signalling/messages.ts';

/** What goes on in a meeting besides its media: its controls, what is shared, and what people and hosts say to each other. */
export type MeetingTalk = {
  controls: MeetingControls;
  content: SharedContent | null;
  /** Only hosts and co-hosts are told. */
  waiting: readonly WaitingEntry[];
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
  chat: [],
  ask: null,
  reactions: [],
};

const keptReactions = 20;

/** The talk after a message of the server; the same object when it is about something else. */
export function followTalk(talk: MeetingTalk, message: ServerMessage, nowMs: number): MeetingTalk {
  switch (message.type) {
    case 'joined':
      return { ...talk, controls: message.controls, content: message.content, chat: message.chat, waiting: [] };
    case 'meeting':
      return { ...talk, controls: message.controls, content: message.content };
    case 'waiting':
      return { ...talk, waiting: message.waiting };
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

/** Actions on their way to the server, and what became of them. */
export function createControlRequests(send: (message: ClientMessage) => boolean) {
  const waiting = new Map<number, (refusal: ControlRefusal | null) => void>();
  let lastId = 0;

  return {
    request(action: ControlAction): Promise<ControlRefusal | null> {
      const { promise, resolve } = Promise.withResolvers<ControlRefusal | null>();
      lastId += 1;
      if (!send({ type: 'control', id: lastId, action })) return Promise.resolve('failed');
      waiting.set(lastId, resolve);
      return promise;
    },
    settle({ id, refusal }: Extract<ServerMessage, { type: 'controlled' }>): void {
      waiting.get(id)?.(refusal);
      waiting.delete(id);
    },
    /** The connection is gone: nobody knows what became of them. */
    fail(): void {
      for (const resolve of waiting.values()) resolve('failed');
      waiting.clear();
    },
  };
}
