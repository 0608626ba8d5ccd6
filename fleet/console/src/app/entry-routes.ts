import { identityAnswerPath } from '@anteroom/shared/api/identities.ts';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { entrySearch, signInSearch } from './address.ts';
import { takeReturnPath } from './return-path.ts';
import { rootRoute } from './root-route.ts';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (raw) => signInSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** The one-time link. It is used up here, before anything is drawn, so that no second drawing asks for it again. */
const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link/$token',
  beforeLoad: async ({ context, params }) => {
    try {
      const session = await context.api.session.signInByLink({ body: { token: params.token } });
      context.queryClient.setQueryData(context.queries.session().queryKey, session);
    } catch (error) {
      // A link opened twice by the same person: the first time signed this browser in, and that still holds.
      const session = await context.queryClient.fetchQuery(context.queries.session()).catch(() => null);
      if (!session) throw error;
    }
    throw redirect({ to: '/', replace: true });
  },
  errorComponent: lazyRouteComponent(() => import('../pages/sign-in/link-failed-page.tsx'), 'LinkFailedPage'),
});

/** Where an identity provider sends the browser back to. Its answer is used up here, before anything is drawn. */
const identityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: identityAnswerPath,
  beforeLoad: async ({ context, location }) => {
    const answer = location.searchStr.replace(/^\?/, '');
    const finished = await context.api.identities.finish({ body: { answer } });
    if (finished.did === 'link') throw redirect({ to: '/account', hash: 'identities', replace: true });
    context.queryClient.clear();
    context.queryClient.setQueryData(context.queries.session().queryKey, finished.session);
    throw redirect({ href: takeReturnPath(), replace: true });
  },
  errorComponent: lazyRouteComponent(() => import('../pages/identity/identity-failed-page.tsx'), 'IdentityFailedPage'),
});

/** The soft client is another program under the same address; whoever signed in to go there goes on there. */
const clientRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/m/$',
  beforeLoad: ({ location }) => {
    throw redirect({ href: location.href, reloadDocument: true, replace: true });
  },
});

const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  validateSearch: (raw) => entrySearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/register/register-page.tsx'), 'RegisterPage'),
});
const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: (raw) => entrySearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/register/reset-page.tsx'), 'ResetPage'),
});
const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('../pages/invitation/invitation-page.tsx'), 'InvitationPage'),
});
const setPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-password/$token',
  component: lazyRouteComponent(() => import('../pages/register/set-password-page.tsx'), 'SetPasswordPage'),
});

/** For whoever runs the installation, whether signed in or not: its key opens the page. */
const operatorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operator',
  component: lazyRouteComponent(() => import('../pages/operator/operator-page.tsx'), 'OperatorPage'),
});

/** The ways in, for people who are not signed in yet. */
export const entryRoutes = [
  signInRoute,
  linkRoute,
  clientRoute,
  identityRoute,
  registerRoute,
  resetRoute,
  invitationRoute,
  setPasswordRoute,
  operatorRoute,
] as const;
