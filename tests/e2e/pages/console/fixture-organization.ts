import { accountRoutes } from '@anteroom/shared/api/accounts.ts';
import { type InvitationLetter, invitationState } from '@anteroom/shared/api/invitations.ts';
import { organizationRoutes } from '@anteroom/shared/api/organizations.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import { sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { type PlanFeature, type PlanName, planSchemaName } from '@anteroom/shared/resources/plan.ts';
import { administrator } from './fixture-data.ts';
import type { Handler } from './fixture-handlers.ts';
import { successor } from './fixture-people.ts';

const campus = {
  ...{ id: 'campus', name: { en: 'Campus account', 'zh-CN': '校园账号' } },
  uses: ['signIn', 'billing'],
};

/** Somebody without an organization. */
export const personal: Session = {
  ...administrator,
  organization: { ...administrator.organization, name: 'Ola Nord' },
  account: { ...administrator.account, name: 'Ola Nord' },
  role: 'personal',
};

/** End of an invitation link; here it says what became of the invitation. */
export const letterToken = (state: string) => state.padEnd(43, '_');

function letterOf(token: string | undefined): InvitationLetter {
  const state = invitationState.safeParse(token?.replace(/_+$/, ''));
  if (!state.success) throw new ProblemError('invitation_unknown');
  const expiresAt = '2031-03-04T02:30:00.000Z';
  return {
    organizationName: 'Halden Works',
    invitedBy: 'Zhao Min',
    name: 'Ola Nord',
    sentBy: 'sms',
    expiresAt,
    state: state.data,
  };
}

const planOf = (name: PlanName, title: string, features: PlanFeature[]) => ({
  ...{ schema: planSchemaName, plan: name, title: { en: title, 'zh-CN': title }, features },
  ...{ maxParticipants: 25, maxMinutes: null, terminals: 2, orders: [] },
});

export const organizationHandlers: Record<string, Handler> = {
  'identities.listProviders': () => ({ items: [campus] }),
  'identities.list': () => ({
    items: [
      {
        ...{ id: newId('linkedIdentity'), provider: campus, issuer: 'https://id.campus.test' },
        ...{ label: 'zhao.min@campus.test', linkedAt: '2026-03-04T02:30:00.000Z' },
      },
    ],
  }),
  'plans.list': () => ({
    items: [
      planOf('free', 'Free', ['waitingRoom']),
      planOf('flex', 'Flex', ['waitingRoom', 'watermark']),
      planOf('flagship', 'Flagship', ['waitingRoom', 'watermark', 'recording']),
    ],
  }),
  'account.get': ({ session }) => ({
    ...session?.account,
    ...{ kind: 'standard', phone: '+4790000001', email: null, personalNumber: '210334871', hasPassword: true },
  }),
  'account.listSessions': () => ({ items: [] }),
  'account.sendDeletionCode': ({ organization: { name } }, call) => {
    const { client } = accountRoutes.sendDeletionCode.body.parse(call.body);
    const code = client === 'phone' ? 'default_administrator_on_phone' : 'default_administrator_stays';
    throw new ProblemError(code, { organization: name });
  },
  'letters.look': (state, call) => {
    const letter = letterOf(call.params.token);
    return state.session?.role === 'member' ? { ...letter, state: 'joined' } : letter;
  },
  'letters.accept': (state, call) => {
    const letter = letterOf(call.params.token);
    if (state.session?.account.name !== letter.name) throw new ProblemError('invitation_for_other');
    state.session = { ...administrator, account: state.session.account, role: 'member' };
    return { ...letter, state: 'joined' };
  },
  'letters.refuse': (_state, call) => ({ ...letterOf(call.params.token), state: 'refused' }),
  'organization.get': (state) => {
    const isPersonal = state.session?.role === 'personal';
    return isPersonal ? { ...state.organization, kind: 'personal', defaultAdministrator: null } : state.organization;
  },
  'organization.create': (state, call) => {
    const { name, ...about } = organizationRoutes.create.body.parse(call.body);
    state.session = { ...administrator, organization: { ...administrator.organization, name } };
    return Object.assign(state.organization, about, { name });
  },
  'organization.update': (state, call) => {
    const { settings, ...about } = organizationRoutes.update.body.parse(call.body);
    return Object.assign(state.organization, about, { settings: { ...state.organization.settings, ...settings } });
  },
  'organization.sendHandOverCode': () => ({ expiresAt: '2031-03-04T02:30:00.000Z' }),
  'organization.handOver': (state, call) => {
    const { accountId, code } = organizationRoutes.handOver.body.parse(call.body);
    if (accountId !== successor.id) throw new ProblemError('not_found');
    if (code !== '123456') throw new ProblemError('code_wrong');
    state.session = { ...administrator, role: 'administrator', permissions: ['settings', 'users'] };
    return Object.assign(state.organization, { defaultAdministrator: { id: successor.id, name: successor.name } });
  },
  'session.setPassword': (state, call) => {
    const { token } = sessionRoutes.setPassword.body.parse(call.body);
    if (token !== 'fresh') throw new ProblemError('password_link_invalid');
    state.session = administrator;
    return state.session;
  },
};
