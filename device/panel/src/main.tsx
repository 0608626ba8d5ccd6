import './zod-without-eval.ts';

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
import { controlTexts } from './locales/control/texts.ts';
import { panelTexts } from './locales/texts.ts';
import { createPanelStore } from './state/panel-store.ts';
import { postSearch } from './state/post-search.ts';
import { postTouch } from './state/post-touch.ts';
import { createStateFeed } from './state/state-feed.ts';

const clock = createSystemClock();
const feed = createStateFeed({ url: '/api/state', clock });
const store = createPanelStore({ feed, post: postTouch, clock });
const i18n = createI18n([uiTexts, panelTexts, controlTexts], initialLanguage());
const surface = location.pathname.replace(/\/+$/u, '') === '/display' ? 'display' : 'panel';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');
document.documentElement.setAttribute('data-surface', surface);
createRoot(root).render(
  <StrictMode>
    <SchemeProvider fallback="dark">
      <Shell store={store} find={postSearch} i18n={i18n} clock={clock} surface={surface} />
    </SchemeProvider>
  </StrictMode>,
);
