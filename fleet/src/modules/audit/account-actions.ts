/** Acts on accounts and their sessions. */
export const accountActions = [
  'account.registered',
  'account.updated',
  'account.emailSet',
  'account.passwordChanged',
  'account.passwordReset',
  'account.passwordSet',
  'account.deleted',
  'identity.linked',
  'identity.unlinked',
  'session.ended',
  'session.othersEnded',
] as const;
