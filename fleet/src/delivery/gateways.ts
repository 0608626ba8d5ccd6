import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetConfig } from '../config.ts';
import type { Gateways } from './ports.ts';
import { createSmtpMailer } from './smtp-mailer.ts';
import { createWebhookSms } from './webhook-sms.ts';

/** The gateways that this fleet is configured with. */
export function openGateways(
  { smtpUrl, mailFrom, smsWebhook }: Pick<FleetConfig, 'smtpUrl' | 'mailFrom' | 'smsWebhook'>,
  clock: Clock,
): Gateways & Disposable {
  const mail = smtpUrl && createSmtpMailer({ url: smtpUrl.reveal(), from: mailFrom });
  const sms = smsWebhook && createWebhookSms({ url: smsWebhook.url, secret: smsWebhook.secret.reveal(), clock });
  return { mail, sms, [Symbol.dispose]: () => mail?.[Symbol.dispose]() };
}
