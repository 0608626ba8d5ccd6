import type { Notice, noticeRoutes } from '@anteroom/shared/api/notices.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { compose } from './courier.ts';
import type { NoticeRow, NoticesService } from './service.ts';

export function createNoticeHandlers({ notices }: { notices: NoticesService }): Handlers<typeof noticeRoutes> {
  return {
    async list({ actor, query }) {
      const page = await notices.list(actor, query);
      return { ...page, items: page.items.map(toNotice) };
    },
  };
}

function toNotice(row: NoticeRow): Notice {
  const { id, channel, recipient, createdAt, tries, sentAt, fault } = row;
  const { subject, text, attachments } = compose(row);
  return { id, channel, recipient, subject, text, attachments, createdAt, state: stateOf(row), tries, sentAt, fault };
}

function stateOf({ sentAt, dueAt, tries }: NoticeRow): Notice['state'] {
  if (sentAt !== null) return 'sent';
  if (dueAt !== null) return 'waiting';
  return tries === 0 ? 'kept' : 'failed';
}
