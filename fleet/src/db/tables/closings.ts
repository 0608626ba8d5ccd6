import type { AccountId, OrganizationId } from '@anteroom/shared/ids.ts';

/** Rows of organizations that end. */
export interface ClosingTables {
  closings: ClosingRow;
  forgottenCertificates: ForgottenCertificateRow;
}

export interface ClosingRow {
  orgId: OrganizationId;
  requestedAt: string;
  requestedBy: AccountId;
  /** When it is dissolved, unless the request is withdrawn before. */
  effectiveAt: string;
  remindersSent: number;
  /** From then on nobody belongs to it, and its data may be purged. */
  dissolvedAt: string | null;
}

/**
 * A certificate of a terminal whose organization was purged. The terminal may come back much later: it has to hear that
 * the certificate is revoked, or it would not pair again.
 */
export interface ForgottenCertificateRow {
  thumbprint: string;
  keptUntil: string;
}
