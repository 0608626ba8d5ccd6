import { createContext, useContext } from 'react';
import type { Api, ApiTags } from '../api/client.ts';
import type { Queries } from '../api/queries.ts';
import type { LiveStore } from './live-store.ts';

/** What every page may use; made once in main.tsx. */
export type App = {
  api: Api & ApiTags;
  queries: Queries;
  live: LiveStore;
  /** For streams of events. */
  fetch: typeof globalThis.fetch;
};

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp: no AppContext above');
  return app;
}
