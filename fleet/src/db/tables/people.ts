import type {
  AccountId,
  ContactId,
  DepartmentId,
  ImportId,
  InvitationId,
  OrganizationId,
} from '@anteroom/shared/ids.ts';

/** Rows of who belongs to an organization, and who is invited. */
export interface PeopleTables {
  departments: DepartmentRow;
  contacts: ContactRow;
  invitations: InvitationRow;
  imports: ImportRow;
  linkMessages: LinkMessageRow;
}

export interface DepartmentRow {
  id: DepartmentId;
  orgId: OrganizationId;
  parentId: DepartmentId | null;
  name: string;
  nameKey: string;
  sortNumber: number;
  createdAt: string;
}

/** Somebody outside whom the organization meets often. */
export interface ContactRow {
  id: ContactId;
  orgId: OrganizationId;
  name: string;
  nameKey: string;
  /** Name, company, phone and e-mail address, as searches compare them. */
  searchKey: string;
  company: string;
  phone: string | null;
  email: string | null;
  remark: string;
  createdAt: string;
}

export interface InvitationRow {
  id: InvitationId;
  orgId: OrganizationId;
  tokenHash: string;
  name: string;
  /** Phone number (E.164) or e-mail address. */
  recipient: string;
  departmentId: DepartmentId | null;
  position: string;
  sortNumber: number;
  remark: string;
  inviterId: AccountId;
  createdAt: string;
  /** Of the link that is good: an invitation that is sent again gets another. */
  sentAt: string;
  expiresAt: string;
  acceptedBy: AccountId | null;
  acceptedAt: string | null;
  joinedAt: string | null;
  withdrawnAt: string | null;
  /** By an administrator, of who accepted. */
  declinedAt: string | null;
  /** By its person. */
  refusedAt: string | null;
}

/** A message with a link that an organization had sent to somebody. */
export interface LinkMessageRow {
  orgId: OrganizationId;
  recipient: string;
  sentAt: string;
}

/** A file of people that was imported, and what became of its rows. */
export interface ImportRow {
  id: ImportId;
  orgId: OrganizationId;
  accountId: AccountId;
  filename: string;
  /** Rows that were added. */
  added: number;
  /** JSON array of what was written in each row, and why it was not added. */
  outcome: string;
  createdAt: string;
}
