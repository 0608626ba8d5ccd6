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
  phone: string;
  departmentId: DepartmentId | null;
  position: string;
  sortNumber: number;
  remark: string;
  inviterId: AccountId;
  createdAt: string;
  expiresAt: string;
  acceptedBy: AccountId | null;
  acceptedAt: string | null;
  joinedAt: string | null;
  withdrawnAt: string | null;
  declinedAt: string | null;
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
