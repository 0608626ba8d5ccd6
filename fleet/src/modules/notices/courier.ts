import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { FleetDatabase } from '../../db/database.ts';
import type { NoticeRow } from '../../db/tables/accounts.ts';
import { type Gateways, RefusedForGood } from '../../delivery/ports.ts';
import { createNoticeRepository } from './repository.ts';
import { forgottenContent, isSecret } from './service.ts';
import { isTemplateName, noticeTemplates } from './templates/catalogue.ts';
import { render } from './templates/template.ts';

const lookEveryMs = 1_000;
const atOnce = 20;
/** Longer than any gateway takes to answer: a process that died in between leaves its notice to another after this. */
const claimForMs = 60_000;
const keepForMs = 30 * 86_400_000;

const content = z.record(z.string(), z.union([z.string(), z.number()]));
const attachmentList = z.array(z.object({ filename: z.string(), contentType: z.string(), text: z.string() }));

/** How long to wait after the `tries`-th failure: 5 s, 20 s, 80 s … at most half an hour. */
export function retryDelayMs(tries: number): number {
  return Math.min(5_000 * 4 ** (tries - 1), 30 * 60_000);
}

/** What remains of a code or a link once nobody waits for it any more: nothing. */
function forgotten({ template }: NoticeRow): { content?: string } {
  return isSecret(template) ? { content: forgottenContent } : {};
}

/** A notice as its channel carries it. */
export function compose(notice: NoticeRow) {
  if (!isTemplateName(notice.template)) throw new Error(`no such template: ${notice.template}`);
  const template = noticeTemplates[notice.template];
  const { subject, text } = render(template, notice.language, content.parse(JSON.parse(notice.content)));
  return { subject, text, attachments: attachmentList.parse(JSON.parse(notice.attachments)) };
}

/** Carries notices to their gateways until `signal` aborts: each at least once, and again after a failure. */
export async function carryNotices(deps: {
  db: FleetDatabase;
  gateways: Gateways;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { db, gateways, clock, log, signal } = deps;
  const repository = createNoticeRepository(db);
  const inMs = (delayMs: number) => new Date(clock.now().getTime() + delayMs).toISOString();

  async function send(notice: NoticeRow): Promise<void> {
    const { id, recipient: to } = notice;
    const { subject, text, attachments } = compose(notice);
    if (notice.channel === 'sms') {
      if (!gateways.sms) throw new Error('no SMS gateway is configured');
      await gateways.sms.send({ id, to, text }, { signal });
    } else {
      if (!gateways.mail) throw new Error('no mail server is configured');
      await gateways.mail.send({ id, to, subject, text, attachments }, { signal });
    }
  }

  async function carry(notice: NoticeRow): Promise<void> {
    if (!(await repository.claim(notice, inMs(claimForMs)))) return;
    try {
      await send(notice);
      await repository.settle(notice.id, { dueAt: null, sentAt: inMs(0), fault: null, ...forgotten(notice) });
    } catch (error) {
      if (signal.aborted) return; // The claim runs out, and the next start carries it.
      const next = inMs(retryDelayMs(notice.tries + 1));
      const isGivenUp = error instanceof RefusedForGood || next > notice.giveUpAt;
      log.warn({ err: error, noticeId: notice.id, channel: notice.channel, isGivenUp }, 'notice could not be sent');
      const fault = error instanceof Error ? error.message : String(error);
      await repository.settle(notice.id, {
        ...{ dueAt: isGivenUp ? null : next, sentAt: null, fault: fault.slice(0, 500) },
        ...(isGivenUp ? forgotten(notice) : {}),
      });
    }
  }

  while (!signal.aborted) {
    try {
      const due = await repository.listDue(inMs(0), atOnce);
      await Promise.all(due.map(carry));
      await repository.removeBefore(inMs(-keepForMs));
      if (due.length === atOnce) continue;
    } catch (error) {
      log.warn({ err: error }, 'notices could not be carried, trying again');
    }
    await clock.sleep(lookEveryMs, { signal }).catch(() => {}); // aborted: the condition ends the loop
  }
}
