import '@anteroom/ui/styles/latin.css';
import './styles/client.css';
import type { Language } from '@anteroom/shared/text.ts';
import { initialLanguage, LanguageProvider } from '@anteroom/ui/i18n/language.tsx';
import { createI18n } from '@anteroom/ui/i18n/texts.ts';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { SchemeProvider } from '@anteroom/ui/scheme/scheme.tsx';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app.tsx';
import { controlTexts } from './control/locales/texts.ts';
import { createDoorApi } from './door/door-api.ts';
import { texts } from './locales/texts.ts';
import { createDeviceMemory } from './media/device-memory.ts';
import { createLocalMedia } from './media/local-media.ts';
import { MediaProvider } from './media/media-context.tsx';
import { viewTexts } from './meeting/locales/texts.ts';
import { createRingApi } from './ringing/ring-api.ts';

// The page's Content-Security-Policy allows no code made at run time, and zod would try.
config({ jitless: true });

const i18n = createI18n([uiTexts, texts, controlTexts, viewTexts], initialLanguage());
const talk = {
  fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
  language: (): Language => (i18n.language === 'zh-CN' ? 'zh-CN' : 'en'),
};
const doorApi = createDoorApi(talk);
const ringApi = createRingApi(talk);
// Typed as always there; on an address without TLS a browser leaves it out.
const mediaDevices: MediaDevices | undefined = navigator.mediaDevices;
const localMedia = createLocalMedia({
  mediaDevices,
  memory: createDeviceMemory(localStorage),
  canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
});
const signalUrl = new URL('/api/v1/signal', location.href.replace(/^http/, 'ws')).href;
const number = /^\/m\/(\d{9})\/?$/.exec(location.pathname)?.[1] ?? null;

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <SchemeProvider fallback="system">
    <LanguageProvider i18n={i18n}>
      <MediaProvider localMedia={localMedia}>
        <App number={number} doorApi={doorApi} ringApi={ringApi} localMedia={localMedia} signalUrl={signalUrl} />
      </MediaProvider>
    </LanguageProvider>
  </SchemeProvider>,
);
