import { newId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { Page, PageRequest } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { NoticeRow } from '../../db/tables/accounts.ts';
import type { Attachment, Gateways } from '../../delivery/ports.ts';
import { createNoticeRepository } from './repository.ts';
import type { NoticeTemplateName } from './templates/catalogue.ts';
import type { NoticeValues } from './templates/template.ts';

export type { NoticeRow } from '../../db/tables/accounts.ts';

export type NewNotice = {
  /** Null for somebody who belongs to no organization yet. */
  scope: OrgScope | null;
  channel: NoticeRow['channel'];
  /** Phone number (E.164) or e-mail address. */
  recipient: string;
  language: Language;
  template: NoticeTemplateName;
  values: NoticeValues;
  attachments?: readonly Attachment[];
  /** After this a message is worth nothing any more, and no further try is made. */
  validForMs?: number;
};

/** Messages to people, by SMS and e-mail. Each is a row of the transaction that causes it, and leaves afterwards. */
export interface NoticesService {
  /** Call it in the transaction of the act: either both are kept or neither. */
  enqueue(tx: FleetDatabase, notice: NewNotice): Promise<void>;
  /** What the console's outbox shows. */
  list(scope: OrgScope, request: PageRequest): Promise<Page<NoticeRow>>;
}

const validForMs = 24 * 3_600_000;

export function createNoticesService(deps: {
  db: FleetDatabase;
  clock: Clock;
  gateways: Gateways;
  /** Whether an administrator of this installation may read what strangers were sent: only where it is a demonstration. */
  showsStrangers: boolean;
}): NoticesService {
  const { db, clock, gateways, showsStrangers } = deps;
  return {
    async enqueue(tx, { scope, channel, recipient, language, template, values, attachments = [], ...rest }) {
      const now = clock.now();
      const gateway = channel === 'sms' ? gateways.sms : gateways.mail;
      await createNoticeRepository(tx).insert({
        id: newId('notice', now),
        orgId: scope?.orgId ?? null,
        channel,
        recipient,
        language,
        template,
        content: JSON.stringify(values),
        attachments: JSON.stringify(attachments),
        createdAt: now.toISOString(),
        giveUpAt: new Date(now.getTime() + (rest.validForMs ?? validForMs)).toISOString(),
        // Without a gateway it is kept to be read in the outbox.
        dueAt: gateway === null ? null : now.toISOString(),
        tries: 0,
        sentAt: null,
        fault: null,
      });
    },
    list: (scope, request) => createNoticeRepository(db).list(scope, request, showsStrangers),
  };
}
