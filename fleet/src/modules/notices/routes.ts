import type { Notice, noticeRoutes } from '@anteroom/shared/api/notices.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { compose } from './courier.ts';
import type { NoticesService, ShownNotice } from './service.ts';

export function createNoticeHandlers({ notices }: { notices: NoticesService }): Handlers<typeof noticeRoutes> {
  return {
    async list({ actor, query }) {
      const page = await notices.list(actor, query);
      return { ...page, items: page.items.map(toNotice) };
    },
  };
}

const unreadable = { subject: null, text: null, attachments: [] };

function toNotice(row: ShownNotice): Notice {
  const { id, channel, recipient, template, createdAt, tries, sentAt, fault } = row;
  const { subject, text, attachments } = row.isReadable ? compose(row) : unreadable;
  return {
    id,
    channel,
    recipient,
    template,
    subject,
    text,
    attachments,
    createdAt,
    state: stateOf(row),
    tries,
    sentAt,
    fault,
  };
}

function stateOf({ sentAt, dueAt, tries }: ShownNotice): Notice['state'] {
  if (sentAt !== null) return 'sent';
  if (dueAt !== null) return 'waiting';
  return tries === 0 ? 'kept' : 'failed';
}
