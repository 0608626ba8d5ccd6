import type { TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { StoreError } from '../ports/store.ts';
import { openPreferences, type StoredPreferences } from './preferences.ts';

const settings: TerminalSettings = {
  language: 'en',
  isMicrophoneOnAtJoin: true,
  isCameraOnAtJoin: true,
  volumePercent: 40,
  answersAutomatically: false,
  doNotDisturb: false,
  onHostUnmute: 'ask',
  onRemoteStart: 'closed',
};

async function open(stored: { value: StoredPreferences | null } = { value: null }) {
  let changes = 0;
  const preferences = await openPreferences({
    document: {
      read: () => Promise.resolve(stored.value),
      write: (value) => {
        stored.value = value;
        return Promise.resolve();
      },
      remove: () => Promise.resolve(),
    },
    log: pino({ level: 'silent' }),
    onChange: () => {
      changes += 1;
    },
  });
  return { preferences, stored, changes: () => changes };
}

test('what people chose at the panel outlives a restart, and the settings come behind it', async () => {
  const { preferences, stored } = await open();
  preferences.applySettings(settings, null);
  preferences.setLanguage('zh-CN');
  await expect.poll(() => stored.value).toEqual({ language: 'zh-CN' });
  const restarted = await open(stored);
  restarted.preferences.applySettings(settings, null);
  expect(restarted.preferences.language()).toBe('zh-CN');
});

test('a language that the fleet changes wins over the one chosen before', async () => {
  const { preferences, stored } = await open({ value: { language: 'en' } });
  preferences.applySettings(settings, null);
  preferences.applySettings({ ...settings, language: 'zh-CN' }, settings);
  expect(preferences.language()).toBe('zh-CN');
  await expect.poll(() => stored.value).toEqual({ language: null });
});

test('volume follows the setting when that changes, and the hand on the panel otherwise', async () => {
  const { preferences, changes } = await open();
  preferences.applySettings(settings, null);
  expect(preferences.volumePercent()).toBe(40);
  preferences.setVolume(75);
  preferences.applySettings({ ...settings, isCameraOnAtJoin: false }, settings);
  expect(preferences.volumePercent()).toBe(75);
  preferences.applySettings({ ...settings, volumePercent: 20 }, settings);
  expect(preferences.volumePercent()).toBe(20);
  expect(changes()).toBe(4);
});

test('a damaged file costs the choice, not the start', async () => {
  const preferences = await openPreferences({
    document: {
      read: () => Promise.reject(new StoreError('corrupt', 'p', 'not JSON', { cause: null, keptAs: 'p.kept' })),
      write: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    },
    log: pino({ level: 'silent' }),
    onChange: () => {},
  });
  expect(preferences.language()).toBe('en');
});
