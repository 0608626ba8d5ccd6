import type { AccountId, Id, OrganizationId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';

/** Rows of accounts beyond the account itself. Instants are ISO 8601 text, JSON is text. */
export interface AccountTables {
  notices: NoticeRow;
  oneTimeCodes: OneTimeCodeRow;
  identityProviders: IdentityProviderRow;
  linkedIdentities: LinkedIdentityRow;
  identityFlows: IdentityFlowRow;
}

/** A message to a person that is to leave the fleet, or has left it. */
export interface NoticeRow {
  id: Id<'notice'>;
  /** Null for somebody who belongs to no organization yet. */
  orgId: OrganizationId | null;
  channel: 'sms' | 'email';
  /** Phone number (E.164) or e-mail address. */
  recipient: string;
  language: Language;
  template: string;
  /** JSON object: what the template fills in. */
  content: string;
  /** JSON array of attachments. */
  attachments: string;
  createdAt: string;
  /** No try is made after this. */
  giveUpAt: string;
  /** When the next try is due; null when there is none: sent, or given up. */
  dueAt: string | null;
  tries: number;
  sentAt: string | null;
  /** Why the last try failed. */
  fault: string | null;
}

export interface OneTimeCodeRow {
  id: Id<'code'>;
  purpose: CodePurpose;
  recipient: string;
  /** Whoever asked: the caller's address. */
  address: string;
  codeHash: string;
  createdAt: string;
  expiresAt: string;
  triesLeft: number;
  usedAt: string | null;
  /** Of the proof that a used code was exchanged for, until that is redeemed. */
  proofHash: string | null;
}

export type CodePurpose = 'register' | 'signIn' | 'resetPassword' | 'setEmail' | 'deleteAccount' | 'dissolve';

/** An OpenID Connect issuer that an organization trusts to say who its people are. */
export interface IdentityProviderRow {
  id: Id<'identityProvider'>;
  orgId: OrganizationId;
  name: string;
  /** What people type to find it when they sign in; unique in the installation. */
  signOnName: string;
  issuer: string;
  clientId: string;
  /** Sealed with a key of the data folder. */
  clientSecret: string;
  /** JSON array of `signOn`, `billing`. */
  uses: string;
  createdAt: string;
}

export interface LinkedIdentityRow {
  id: Id<'linkedIdentity'>;
  accountId: AccountId;
  providerId: Id<'identityProvider'>;
  /** `sub`: what the issuer calls this person, for ever. */
  subject: string;
  /** What the issuer shows for this person. */
  label: string;
  linkedAt: string;
}

/** A way to an issuer that was begun and has not come back. */
export interface IdentityFlowRow {
  /** Of the OAuth 2.0 `state`. */
  stateHash: string;
  providerId: Id<'identityProvider'>;
  /** Whose account gets the identity; null when somebody signs in with it. */
  accountId: AccountId | null;
  nonce: string;
  codeVerifier: string;
  expiresAt: string;
}
