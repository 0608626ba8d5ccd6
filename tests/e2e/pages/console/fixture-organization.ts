import { type InvitationLetter, invitationState } from '@anteroom/shared/api/invitations.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import { sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { administrator } from './fixture-data.ts';
import type { Handler } from './fixture-handlers.ts';

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
  return { organizationName: 'Halden Works', invitedBy: 'Zhao Min', name: 'Ola Nord', expiresAt, state: state.data };
}

export const organizationHandlers: Record<string, Handler> = {
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
  'session.setPassword': (state, call) => {
    const { token } = sessionRoutes.setPassword.body.parse(call.body);
    if (token !== 'fresh') throw new ProblemError('password_link_invalid');
    state.session = administrator;
    return state.session;
  },
};
