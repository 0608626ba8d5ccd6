import type { TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
import { type Language, language } from '@anteroom/shared/text.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Document, StoreError } from '../ports/store.ts';

/** What people chose at the panel itself. It holds until the fleet's own setting changes. */
export const storedPreferences = z.object({ language: language.nullable() });
export type StoredPreferences = z.infer<typeof storedPreferences>;

export interface Preferences {
  language(): Language;
  volumePercent(): number;
  setLanguage(chosen: Language): void;
  setVolume(volumePercent: number): void;
  /** The fleet's settings; `before` is null at the first after a start, which changes nothing that people chose. */
  applySettings(settings: TerminalSettings, before: TerminalSettings | null): void;
  settings(): TerminalSettings | null;
}

const firstVolumePercent = 60;

export async function openPreferences(deps: {
  document: Document<StoredPreferences>;
  log: Logger;
  onChange(): void;
}): Promise<Preferences> {
  const { document, log, onChange } = deps;
  let chosen = await readChosen();
  let settings: TerminalSettings | null = null;
  let volumePercent = firstVolumePercent;
  let writing: Promise<void> = Promise.resolve();

  async function readChosen(): Promise<Language | null> {
    try {
      return (await document.read())?.language ?? null;
    } catch (cause) {
      if (!(cause instanceof StoreError && cause.code === 'corrupt')) throw cause;
      log.warn({ err: cause }, 'preferences damaged, using the settings');
      return null;
    }
  }

  function choose(next: Language | null): void {
    chosen = next;
    writing = writing
      .then(() => document.write({ language: next }))
      .catch((cause: unknown) => log.error({ err: cause }, 'preferences not stored'));
  }

  return {
    language: () => chosen ?? settings?.language ?? 'en',
    volumePercent: () => volumePercent,
    settings: () => settings,
    setLanguage(next) {
      choose(next);
      onChange();
    },
    setVolume(next) {
      volumePercent = next;
      onChange();
    },
    applySettings(next, before) {
      settings = next;
      if (before && before.language !== next.language) choose(null);
      if (before?.volumePercent !== next.volumePercent) volumePercent = next.volumePercent;
      onChange();
    },
  };
}
