import type { auditRoutes } from '@anteroom/shared/api/audit.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { AuditService } from './service.ts';

export function createAuditHandlers({ audit }: { audit: AuditService }): Handlers<typeof auditRoutes> {
  return {
    list: ({ actor, query }) => audit.list(actor, query),
    verify: ({ actor }) => audit.verify(actor),
  };
}
