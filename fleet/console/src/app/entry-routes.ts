import { identityAnswerPath } from '@anteroom/shared/api/identities.ts';
import { createRoute, redirect } from '@tanstack/react-router';
import { IdentityFailedPage } from '../pages/identity/identity-failed-page.tsx';
import { InvitationPage } from '../pages/invitation/invitation-page.tsx';
import { OperatorPage } from '../pages/operator/operator-page.tsx';
import { RegisterPage } from '../pages/register/register-page.tsx';
import { ResetPage } from '../pages/register/reset-page.tsx';
import { SetPasswordPage } from '../pages/register/set-password-page.tsx';
import { LinkFailedPage } from '../pages/sign-in/link-failed-page.tsx';
import { SignInPage } from '../pages/sign-in/sign-in-page.tsx';
import { entrySearch, signInSearch } from './address.ts';
import { takeReturnPath } from './return-path.ts';
import { rootRoute } from './root-route.ts';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (raw) => signInSearch.parse(raw),
  component: SignInPage,
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
  errorComponent: LinkFailedPage,
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
  errorComponent: IdentityFailedPage,
});

const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  validateSearch: (raw) => entrySearch.parse(raw),
  component: RegisterPage,
});
const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: (raw) => entrySearch.parse(raw),
  component: ResetPage,
});
const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation/$token',
  component: InvitationPage,
});
const setPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-password/$token',
  component: SetPasswordPage,
});

/** For whoever runs the installation, whether signed in or not: its key opens the page. */
const operatorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operator',
  component: OperatorPage,
});

/** The ways in, for people who are not signed in yet. */
export const entryRoutes = [
  signInRoute,
  linkRoute,
  identityRoute,
  registerRoute,
  resetRoute,
  invitationRoute,
  setPasswordRoute,
  operatorRoute,
] as const;
