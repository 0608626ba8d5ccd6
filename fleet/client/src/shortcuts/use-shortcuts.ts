import { useEffect, useRef } from 'react';
import { type Shortcut, shortcutKeys, shortcutOf } from './shortcuts.ts';

/** What each key does. `talk` is called twice: when the space bar goes down, and when it comes up again. */
export type ShortcutActs = Record<Exclude<Shortcut, 'talk'>, () => void> & { talk: (isHeld: boolean) => void };

const fields = 'input, textarea, select, [contenteditable], [role="textbox"]';
const pressable = 'button, a[href], summary, [role="button"], [role="menuitem"]';

/** Listens to the keyboard for as long as the page is in the meeting. */
export function useShortcuts(acts: ShortcutActs): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  }, [acts]);
  useEffect(() => {
    let isTalking = false;
    const endTalk = () => {
      if (!isTalking) return;
      isTalking = false;
      latest.current.talk(false);
    };
    const onDown = (event: KeyboardEvent) => {
      const on = event.target instanceof Element ? event.target : null;
      const isElsewhere = on?.closest(fields) != null || document.querySelector('dialog[open]') !== null;
      const { key, ctrlKey, metaKey, altKey, repeat } = event;
      const isOnControl = on?.closest(pressable) != null;
      const shortcut = shortcutOf({ key, ctrlKey, metaKey, altKey, repeat, isElsewhere, isOnControl });
      if (shortcut === null) return;
      event.preventDefault();
      if (shortcut !== 'talk') return latest.current[shortcut]();
      isTalking = true;
      latest.current.talk(true);
    };
    const onUp = ({ key }: KeyboardEvent) => {
      if (key === shortcutKeys.talk) endTalk();
    };
    addEventListener('keydown', onDown);
    addEventListener('keyup', onUp);
    // Whoever goes to another window lets go of the key there.
    addEventListener('blur', endTalk);
    return () => {
      removeEventListener('keydown', onDown);
      removeEventListener('keyup', onUp);
      removeEventListener('blur', endTalk);
    };
  }, []);
}
