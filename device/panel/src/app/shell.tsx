import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { ClockProvider, createOffsetClock } from '@anteroom/ui/clock/clock.tsx';
import { initialLanguage, LanguageProvider } from '@anteroom/ui/i18n/language.tsx';
import type { i18n } from 'i18next';
import { useMemo, useState } from 'react';
import { DisplayApp } from '../display/display-app.tsx';
import { FirstContact } from '../screens/first-contact.tsx';
import { type PanelAsks, PanelProvider, type PanelStore, usePanelSnapshot } from '../state/panel-context.tsx';
import { PanelApp } from './panel-app.tsx';

export type ShellProps = {
  store: PanelStore;
  asks: PanelAsks;
  i18n: i18n;
  clock: Clock;
  surface: 'panel' | 'display';
};

/** Around every screen: the terminal's language and clock, and its state once there is one. */
export function Shell({ store, asks, i18n, clock, surface }: ShellProps) {
  const { current: state, isLive, lostAt, offsetMs, touchFailure } = usePanelSnapshot(store);
  const [beforeState] = useState(initialLanguage);
  const serverClock = useMemo(() => createOffsetClock(clock, offsetMs), [clock, offsetMs]);
  const decided = useMemo(
    () => ({
      language: state?.language ?? beforeState,
      onChoose: (language: Language) => store.touch({ kind: 'setLanguage', language }),
    }),
    [state?.language, beforeState, store],
  );
  return (
    <LanguageProvider i18n={i18n} decided={decided}>
      <ClockProvider clock={serverClock}>
        {state === null ? (
          <FirstContact isLost={lostAt !== null} />
        ) : (
          <PanelProvider state={state} isLive={isLive} touch={store.touch} {...asks}>
            {surface === 'display' ? (
              <DisplayApp lostAt={lostAt} />
            ) : (
              <PanelApp lostAt={lostAt} touchFailure={touchFailure} />
            )}
          </PanelProvider>
        )}
      </ClockProvider>
    </LanguageProvider>
  );
}
