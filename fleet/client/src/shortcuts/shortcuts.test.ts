import { describe, expect, it } from 'vitest';
import { type KeyPress, shortcutKeys, shortcutOf, shortcuts } from './shortcuts.ts';

const press: KeyPress = {
  ...{ key: 'm', ctrlKey: false, metaKey: false, altKey: false, repeat: false },
  ...{ isElsewhere: false, isOnControl: false },
};

describe('a key', () => {
  it.each(shortcuts)('has one meaning: %s', (shortcut) => {
    expect(shortcutOf({ ...press, key: shortcutKeys[shortcut] })).toBe(shortcut);
  });

  it('means the same with Caps Lock', () => {
    expect(shortcutOf({ ...press, key: 'M' })).toBe('microphone');
  });

  it.each<Partial<KeyPress>>([
    { key: 'x' },
    { key: 'Enter' },
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { repeat: true },
    { isElsewhere: true },
    { key: ' ', isOnControl: true },
  ])('means nothing here: %j', (change) => {
    expect(shortcutOf({ ...press, ...change })).toBeNull();
  });

  it('is no other’s', () => {
    expect(new Set(Object.values(shortcutKeys)).size).toBe(shortcuts.length);
  });
});
