/** What the keyboard does in a meeting: one key each, in the order of the list that shows them. */
export const shortcutKeys = {
  microphone: 'm',
  talk: ' ',
  camera: 'v',
  people: 'p',
  chat: 'c',
  hand: 'h',
  layout: 'l',
  pip: 'i',
  help: '?',
} as const;
export type Shortcut = keyof typeof shortcutKeys;
export const shortcuts = Object.keys(shortcutKeys) as Shortcut[];

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'> & {
  /** A field that is written in has the focus, or a dialog is open. */
  isElsewhere: boolean;
  /** Something that the space bar presses has the focus. */
  isOnControl: boolean;
};

/** What a key that goes down means; null when it means nothing here, or belongs to browser, field or button. */
export function shortcutOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  repeat,
  isElsewhere,
  isOnControl,
}: KeyPress): Shortcut | null {
  if (ctrlKey || metaKey || altKey || repeat || isElsewhere) return null;
  const found = shortcuts.find((shortcut) => shortcutKeys[shortcut] === key.toLowerCase()) ?? null;
  return found === 'talk' && isOnControl ? null : found;
}
