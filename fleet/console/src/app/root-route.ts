import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, redirect } from '@tanstack/react-router';
import type { Api } from '../api/client.ts';
import type { Queries } from '../api/queries.ts';
import { rootSearch } from './address.ts';

export type RouterContext = { api: Api; queries: Queries; queryClient: QueryClient };

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  // `/?token=…` is another writing of the one-time link.
  beforeLoad: ({ location }) => {
    const { token } = rootSearch.parse(location.search);
    if (token && location.pathname === '/') throw redirect({ to: '/link/$token', params: { token }, replace: true });
  },
});
