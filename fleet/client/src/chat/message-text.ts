import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { longestChat } from '@anteroom/shared/meeting/control.ts';
import type { ChatEntry } from '@anteroom/shared/signalling/messages.ts';

export type MessagePart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

const candidate = /https?:\/\/[^\s<>"'“”‘’「」（）]+/giu;
/** A sentence's own marks behind an address. */
const trailing = /[.,;:!?)\]}。，；：！？、]+$/u;

/**
 * A message cut into text and addresses. Only whole http(s) addresses without a name or password in them become links
 * (`https://bank.example@evil.example` leads elsewhere than it seems to), and a link shows all of its address.
 */
export function messageParts(text: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let end = 0;
  for (const found of text.matchAll(candidate)) {
    const address = found[0].replace(trailing, '');
    const href = safeAddress(address);
    if (href === null) continue;
    if (found.index > end) parts.push({ kind: 'text', text: text.slice(end, found.index) });
    parts.push({ kind: 'link', text: address, href });
    end = found.index + address.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function safeAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { href, protocol, username, password, hostname } = new URL(address);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && username === '' && password === '' && hostname !== '' ? href : null;
}

/** The count is shown from here on. */
const countFrom = longestChat - 200;

/** Characters as the server counts them, without the spaces around them. */
export function lengthOf(typed: string): { count: number; tooMany: number; isShown: boolean } {
  const count = typed.trim().length;
  return { count, tooMany: Math.max(0, count - longestChat), isShown: count >= countFrom };
}

/** Messages of others that came after the last one read. */
export function unreadCount(chat: readonly ChatEntry[], readId: number | null, ownId: ParticipantId): number {
  if (readId === null) return 0;
  return chat.filter(({ id, from }) => id > readId && from !== ownId).length;
}
