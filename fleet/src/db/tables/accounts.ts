import type { AccountId, Id, OrganizationId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { AccountRow } from '../schema.ts';

/** Rows of accounts beyond the account itself. Instants are ISO 8601 text, JSON is text. */
export interface AccountTables {
  notices: NoticeRow;
  oneTimeCodes: OneTimeCodeRow;
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

export type CodePurpose =
  | 'register'
  | 'signIn'
  | 'resetPassword'
  | 'setEmail'
  | 'deleteAccount'
  | 'dissolve'
  | 'handOver';

/** An identity at an OpenID Connect provider that the installation is configured with. */
export interface LinkedIdentityRow {
  id: Id<'linkedIdentity'>;
  accountId: AccountId;
  /** As the account has it, which never changes: an identity opens one account of a kind. */
  accountKind: AccountRow['kind'];
  /** Who says so: another issuer under the same name in the configuration is somebody else. */
  issuer: string;
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
  /** Of what only the browser that began has, in a cookie. */
  browserHash: string;
  issuer: string;
  /** Whose account gets the identity; null when somebody signs in with it. */
  accountId: AccountId | null;
  nonce: string;
  codeVerifier: string;
  expiresAt: string;
}
