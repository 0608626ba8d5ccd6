import { newId, type OrganizationId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { inBatches } from '../../db/batches.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { Page, PageRequest } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { NoticeRow } from '../../db/tables/accounts.ts';
import type { Attachment, Gateways } from '../../delivery/ports.ts';
import type { Actor } from '../sessions/service.ts';
import { createNoticeRepository } from './repository.ts';
import { isTemplateName, type NoticeTemplateName, noticeTemplates } from './templates/catalogue.ts';
import { type NoticeTemplate, type NoticeValues, render } from './templates/template.ts';

export type { NoticeRow } from '../../db/tables/accounts.ts';
export type { NoticeTemplateName } from './templates/catalogue.ts';

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

/** A notice, and whether this reader may see what it says. */
export type ShownNotice = NoticeRow & { isReadable: boolean };

/** Messages to people, by SMS and e-mail. Each is a row of the transaction that causes it, and leaves afterwards. */
export interface NoticesService {
  /** Call it in the transaction of the act: either both are kept or neither. */
  enqueue(tx: FleetDatabase, notice: NewNotice): Promise<void>;
  /** The same for many. */
  enqueueAll(tx: FleetDatabase, notices: readonly NewNotice[]): Promise<void>;
  /**
   * The same to every administrator of the organization, by e-mail, and by SMS to whoever has no address. Where somebody
   * belongs to none, they are told themselves.
   */
  tellAdministrators(tx: FleetDatabase, scope: OrgScope, notice: Pick<NewNotice, 'template' | 'values'>): Promise<void>;
  /** What the console's outbox shows. */
  list(actor: Actor, request: PageRequest): Promise<Page<ShownNotice>>;
}

/** In place of the values of a message that was forgotten. */
export const forgottenContent = 'null';

/** Whether only its recipient may read messages of this template. One that this program does not know may be. */
export function isSecret(template: string): boolean {
  if (!isTemplateName(template)) return true;
  const { isSecret }: NoticeTemplate = noticeTemplates[template];
  return isSecret === true;
}

const validForMs = 24 * 3_600_000;

export function createNoticesService(deps: {
  db: FleetDatabase;
  clock: Clock;
  gateways: Gateways;
  /** Organization of the demonstration, whose default administrator is the operator; null where there is none. */
  demoOrgId: () => Promise<OrganizationId | null>;
}): NoticesService {
  const { db, clock, gateways, demoOrgId } = deps;

  function compose(notice: NewNotice): NoticeRow {
    const { scope, channel, recipient, language, template, values, attachments = [], ...rest } = notice;
    // Whoever leaves a value out learns it here, and no recipient does.
    render(noticeTemplates[template], language, values);
    const now = clock.now();
    const gateway = channel === 'sms' ? gateways.sms : gateways.mail;
    return {
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
    };
  }

  const enqueueAll: NoticesService['enqueueAll'] = async (tx, notices) => {
    for await (const batch of inBatches(notices)) await createNoticeRepository(tx).insertAll(batch.map(compose));
  };

  return {
    async enqueue(tx, notice) {
      await createNoticeRepository(tx).insertAll([compose(notice)]);
    },
    enqueueAll,
    async tellAdministrators(tx, scope, { template, values }) {
      const administrators = await createNoticeRepository(tx).listAdministrators(scope);
      await enqueueAll(
        tx,
        administrators.flatMap(({ phone, email, language }) => {
          const recipient = email ?? phone;
          if (recipient === null) return [];
          const channel = email === null ? ('sms' as const) : ('email' as const);
          return [{ scope, channel, recipient, language, template, values }];
        }),
      );
    },
    async list(actor, request) {
      const isOperator = actor.role === 'defaultAdministrator' && actor.orgId === (await demoOrgId());
      const page = await createNoticeRepository(db).list(isOperator ? null : actor, request);
      const isReadable = (row: NoticeRow) =>
        row.content !== forgottenContent && (isOperator || !isSecret(row.template));
      return { ...page, items: page.items.map((row) => ({ ...row, isReadable: isReadable(row) })) };
    },
  };
}
