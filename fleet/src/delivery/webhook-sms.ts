import { createHmac } from 'node:crypto';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { SmsGateway } from './ports.ts';

const answerWithinMs = 10_000;

/**
 * SMS by an HTTP webhook: POST of `{id, to, text}` with `x-anteroom-timestamp` (Unix seconds) and
 * `x-anteroom-signature: v1=` HMAC-SHA256, in hexadecimal, of `timestamp.body` with the shared secret. A receiver
 * refuses old timestamps and sends a message whose id it knows only once. Any 2xx answer means that it was taken.
 */
export function createWebhookSms(options: { url: string; secret: string; clock: Clock }): SmsGateway {
  const { url, secret, clock } = options;
  return {
    async send(sms, { signal }) {
      const body = JSON.stringify({ id: sms.id, to: sms.to, text: sms.text });
      const timestamp = String(Math.floor(clock.now().getTime() / 1000));
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-anteroom-timestamp': timestamp,
          'x-anteroom-signature': `v1=${signatureOf(secret, timestamp, body)}`,
        },
        body,
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the SMS gateway answered ${answer.status}`);
    },
  };
}

export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}
