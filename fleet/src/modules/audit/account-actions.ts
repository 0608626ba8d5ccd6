/** Acts on accounts, their sessions and identities. */
export const accountActions = [
  'account.registered',
  'account.updated',
  'account.emailSet',
  'account.passwordChanged',
  'account.passwordReset',
  'account.deleted',
  'session.ended',
  'session.othersEnded',
  'identityProvider.created',
  'identityProvider.updated',
  'identityProvider.removed',
  'identity.linked',
  'identity.unlinked',
] as const;
