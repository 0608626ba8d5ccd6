import { z } from 'zod';
import { instant } from '../protocol/envelope.ts';
import { page, pageQuery } from './page.ts';
import { route } from './route.ts';

/** A message to a person, as it leaves the fleet or waits to be read here. */
export const notice = z.object({
  id: z.string(),
  channel: z.enum(['sms', 'email']),
  recipient: z.string(),
  template: z.string(),
  /** Both null when the message holds a code or a link: only its recipient reads that, and it is forgotten once sent. */
  subject: z.string().nullable(),
  text: z.string().nullable(),
  attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), text: z.string() })),
  createdAt: instant,
  /** `kept`: no gateway is configured, so it is read here; `waiting`: to be sent, again after a failure. */
  state: z.enum(['kept', 'waiting', 'sent', 'failed']),
  tries: z.int(),
  sentAt: instant.nullable(),
  /** Why the last try failed. */
  fault: z.string().nullable(),
});
export type Notice = z.infer<typeof notice>;

export const noticeRoutes = {
  list: route({
    method: 'GET',
    path: '/notices',
    access: 'settings',
    summary: 'The outbox, newest first',
    query: pageQuery,
    success: { status: 200, body: page(notice) },
  }),
};
