import './zod-without-eval.ts';

import { panelDevices } from '@anteroom/shared/panel/devices.ts';
import { panelState } from '@anteroom/shared/panel/state.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { initialLanguage } from '@anteroom/ui/i18n/language.tsx';
import { createI18n } from '@anteroom/ui/i18n/texts.ts';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { SchemeProvider } from '@anteroom/ui/scheme/scheme.tsx';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@anteroom/ui/styles/index.css';
import './styles/panel.css';
import { Shell } from './app/shell.tsx';
import { deviceTouches } from './devices/pending-device.ts';
import { controlTexts } from './locales/control/texts.ts';
import { deviceTexts } from './locales/devices/texts.ts';
import { panelTexts } from './locales/texts.ts';
import { createFeed } from './state/feed.ts';
import type { PanelAsks } from './state/panel-context.tsx';
import { panelTouches } from './state/pending.ts';
import { postSearch } from './state/post-search.ts';
import { postTouch } from './state/post-touch.ts';
import { createTouchStore } from './state/touch-store.ts';

const clock = createSystemClock();
const feed = createFeed({ url: '/api/state', event: 'state', schema: panelState, clock });
const store = createTouchStore({
  feed,
  rules: panelTouches,
  post: (touch, options) => postTouch('/api/touches', touch, options),
  clock,
});
const asks: PanelAsks = {
  find: postSearch,
  openDevices: () =>
    createTouchStore({
      feed: createFeed({ url: '/api/devices', event: 'devices', schema: panelDevices, clock }),
      rules: deviceTouches,
      post: (touch, options) => postTouch('/api/devices/touches', touch, options),
      clock,
    }),
};
const i18n = createI18n([uiTexts, panelTexts, controlTexts, deviceTexts], initialLanguage());
const surface = location.pathname.replace(/\/+$/u, '') === '/display' ? 'display' : 'panel';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');
document.documentElement.setAttribute('data-surface', surface);
createRoot(root).render(
  <StrictMode>
    <SchemeProvider fallback="dark">
      <Shell store={store} asks={asks} i18n={i18n} clock={clock} surface={surface} />
    </SchemeProvider>
  </StrictMode>,
);
