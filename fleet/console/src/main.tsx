import '@anteroom/ui/styles/index.css';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { ClockProvider } from '@anteroom/ui/clock/clock.tsx';
import { initialLanguage, LanguageProvider } from '@anteroom/ui/i18n/language.tsx';
import { createI18n } from '@anteroom/ui/i18n/texts.ts';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { SchemeProvider } from '@anteroom/ui/scheme/scheme.tsx';
import { MantineUi } from '@anteroom/ui/theme/mantine-ui.tsx';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { createApi } from './api/client.ts';
import { isSignedOut, isWorthRetrying } from './api/failure.ts';
import { createQueries } from './api/queries.ts';
import { AppContext } from './app/app-context.ts';
import { LiveLink } from './app/live-link.tsx';
import { createLiveStore } from './app/live-store.ts';
import { createConsoleRouter } from './app/router.tsx';
import { createServerClock } from './app/server-clock.ts';
import { texts } from './locales/texts.ts';
import './styles/console.css';

// The page's Content-Security-Policy allows no code made at run time, and zod would try.
config({ jitless: true });

const clock = createServerClock(createSystemClock());
const browserFetch: typeof fetch = (input, init) => fetch(input, init);
const i18n = createI18n([uiTexts, texts], initialLanguage());

const api = createApi({
  fetch: browserFetch,
  language: () => (i18n.language === 'zh-CN' ? 'zh-CN' : 'en'),
  onServerTime: (at) => clock.hear(at),
});
const queries = createQueries(api);

/**
 * A session that ended elsewhere sends the reader to the sign-in, and back to this page afterwards. Without a known
 * session the route's guard is asking already.
 */
function onFailure(error: unknown) {
  const sessionKey = queries.session().queryKey;
  if (!isSignedOut(error) || !queryClient.getQueryData(sessionKey)) return;
  queryClient.removeQueries({ queryKey: sessionKey });
  router.invalidate().catch((failed: unknown) => reportError(failed));
}

const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: onFailure }),
  mutationCache: new MutationCache({ onError: onFailure }),
  defaultOptions: {
    queries: { retry: (count, error) => count < 2 && isWorthRetrying(error), staleTime: 5_000 },
    mutations: { retry: false },
  },
});
const router = createConsoleRouter({ api, queries, queryClient });
const app = { api, queries, live: createLiveStore(), fetch: browserFetch };

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <SchemeProvider fallback="system">
    <LanguageProvider i18n={i18n}>
      <MantineUi>
        <ClockProvider clock={clock}>
          <QueryClientProvider client={queryClient}>
            <AppContext value={app}>
              <LiveLink />
              <RouterProvider router={router} />
            </AppContext>
          </QueryClientProvider>
        </ClockProvider>
      </MantineUi>
    </LanguageProvider>
  </SchemeProvider>,
);
