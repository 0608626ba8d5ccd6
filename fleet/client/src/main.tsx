import '@anteroom/ui/styles/latin.css';
import './styles/client.css';
import type { Language } from '@anteroom/shared/text.ts';
import { initialLanguage, LanguageProvider } from '@anteroom/ui/i18n/language.tsx';
import { addTexts, createI18n, type TextSource } from '@anteroom/ui/i18n/texts.ts';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { SchemeProvider } from '@anteroom/ui/scheme/scheme.tsx';
import type { ReactNode } from 'react';
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
import { type Place, placeOf } from './place.ts';
import { createRecentMeetings } from './recent-meetings.ts';
import { createRingApi } from './ringing/ring-api.ts';
import { sharingTexts } from './sharing/locales/texts.ts';
import { createAppShell } from './shell/app-shell.ts';
import { ShellProvider } from './shell/shell-context.tsx';
import { boardTexts } from './whiteboard/locales/texts.ts';

// The page's Content-Security-Policy allows no code made at run time, and zod would try.
config({ jitless: true });

const i18n = createI18n([uiTexts, texts, controlTexts, viewTexts, sharingTexts, boardTexts], initialLanguage());
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
// The same holds for service workers.
const serviceWorker: ServiceWorkerContainer | undefined = navigator.serviceWorker;
const appShell = createAppShell({ serviceWorker, page: window });
const recent = createRecentMeetings(localStorage);

/** The page at this address, with the texts that only it has; pages without a meeting are fetched when they are opened. */
async function pageAt(place: Place): Promise<{ page: ReactNode; sources: TextSource[] }> {
  switch (place.page) {
    case 'start': {
      const { StartPage, startTexts, createOwnApi } = await import('./start/start-part.ts');
      const ownApi = createOwnApi(talk);
      return { page: <StartPage ownApi={ownApi} ringApi={ringApi} recent={recent} />, sources: [startTexts] };
    }
    case 'check': {
      const { CheckPage, checkTexts } = await import('./check/check-part.ts');
      const { number, refused } = place;
      return { page: <CheckPage {...{ doorApi, signalUrl, number, refused }} />, sources: [checkTexts] };
    }
    default: {
      const number = place.page === 'meeting' ? place.number : null;
      const deps = { number, doorApi, ringApi, localMedia, signalUrl, recent };
      return { page: <App {...deps} />, sources: [] };
    }
  }
}

async function open(root: HTMLElement): Promise<void> {
  const { page, sources } = await pageAt(placeOf(location));
  addTexts(i18n, sources);
  createRoot(root).render(
    <SchemeProvider fallback="system">
      <LanguageProvider i18n={i18n}>
        <ShellProvider appShell={appShell}>
          <MediaProvider localMedia={localMedia}>{page}</MediaProvider>
        </ShellProvider>
      </LanguageProvider>
    </SchemeProvider>,
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
open(root).catch((error: unknown) => reportError(error));
