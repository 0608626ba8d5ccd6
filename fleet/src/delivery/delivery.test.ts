import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Attachment, RefusedForGood } from './ports.ts';
import { createSmtpMailer } from './smtp-mailer.ts';
import { createWebhookSms, signatureOf } from './webhook-sms.ts';

const sms = { id: `ntc_${'0'.repeat(32)}`, to: '+8613812345678', text: '您的登录验证码：123456' };
const { signal } = new AbortController();
const portOf = (server: { address(): AddressInfo | string | null }) => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

describe('the SMS webhook', () => {
  const secret = 'a key of at least thirty-two characters';
  const clock = createManualClock(new Date('2026-03-02T10:00:00Z'));
  const calls: { headers: Record<string, string | string[] | undefined>; body: string }[] = [];
  let status = 204;
  let receiver: Server;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        calls.push({ headers: request.headers, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    calls.length = 0;
    status = 204;
  });
  afterAll(() => new Promise((resolve) => receiver.close(resolve)));

  const send = () =>
    createWebhookSms({ url: `http://127.0.0.1:${portOf(receiver)}/sms`, secret, clock }).send(sms, { signal });
  const received = () => {
    const [call] = calls;
    if (!call) throw new Error('nothing came');
    const timestamp = String(call.headers['x-anteroom-timestamp']);
    return { body: call.body, timestamp, signature: String(call.headers['x-anteroom-signature']) };
  };

  it('gets the message, with an id that stays the same at every try', async () => {
    await send();
    expect(JSON.parse(received().body)).toEqual(sms);
  });

  it('can tell our call from a forged and a changed one, and knows how old it is', async () => {
    await send();
    const { body, timestamp, signature } = received();
    expect(Number(timestamp) * 1000).toBe(clock.now().getTime());
    expect(signature).toBe(`v1=${signatureOf(secret, timestamp, body)}`);
    const forged = [
      signatureOf('another key', timestamp, body),
      signatureOf(secret, timestamp, body.replace('123456', '654321')),
      signatureOf(secret, String(Number(timestamp) + 1), body),
    ];
    for (const other of forged) expect(signature).not.toBe(`v1=${other}`);
  });

  it('signs as its documentation says', () => {
    // printf '%s' '1767225600.{"a":1}' | openssl dgst -sha256 -hmac key
    expect(signatureOf('key', '1767225600', '{"a":1}')).toBe(
      '80f7b75f8618b9b24d72673996a625f1a43f7387a26b6739d667431724fe4d23',
    );
  });

  it.each([400, 404, 429, 500, 503])('has not taken the message when it answers %i', async (answered) => {
    status = answered;
    await expect(send()).rejects.toThrow(`answered ${answered}`);
  });

  it('does not lead elsewhere: a redirect is a failure', async () => {
    status = 307;
    await expect(send()).rejects.toThrow();
  });
});

describe('SMTP', () => {
  const mails: string[] = [];
  let refusal: { responseCode: number; message: string } | null = null;
  let server: SMTPServer;

  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo: (_to, _session, done) => (refusal ? done(Object.assign(new Error(refusal.message), refusal)) : done()),
      onData(stream, _session, done) {
        let text = '';
        stream.setEncoding('utf8');
        stream.on('data', (chunk) => {
          text += chunk;
        });
        stream.on('end', () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });
  beforeEach(() => {
    mails.length = 0;
    refusal = null;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

  const send = async (attachments: readonly Attachment[] = []) => {
    using mailer = createSmtpMailer({
      url: `smtp://127.0.0.1:${portOf(server.server)}`,
      from: 'Anteroom <rooms@fleet.test>',
    });
    await mailer.send({ ...sms, to: 'ola@own.test', subject: '会议邀请', attachments }, { signal });
  };

  it('sends subject and text in any language, with an id of its own', async () => {
    await send();
    const [mail = ''] = mails;
    expect(mail).toContain('To: ola@own.test');
    expect(mail).toContain('From: Anteroom <rooms@fleet.test>');
    expect(mail).toContain(`Message-ID: <${sms.id}@fleet.test>`);
    expect(mail).toContain(`Subject: =?UTF-8?B?${Buffer.from('会议邀请').toString('base64')}?=`);
  });

  it('sends a calendar entry as mail programs expect it, with its method', async () => {
    const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n';
    await send([{ filename: 'invite.ics', contentType: 'text/calendar; method=REQUEST', text: content }]);
    const [mail = ''] = mails;
    expect(mail).toContain('multipart/alternative');
    expect(mail.match(/Content-Type: text\/calendar;\s+(charset=utf-8;\s+)?method=REQUEST/gi)?.length).toBe(2);
    expect(mail).toMatch(/filename="?invite\.ics/);
  });

  it('is told that a mailbox that is not there will never be', async () => {
    refusal = { responseCode: 550, message: 'no such mailbox' };
    await expect(send()).rejects.toThrow(RefusedForGood);
  });

  it.each([451, 530])('has not taken the mail when the server answers %i', async (responseCode) => {
    refusal = { responseCode, message: 'no' };
    await expect(send()).rejects.toMatchObject({ responseCode });
  });

  it('has not taken the mail when there is no server', async () => {
    using mailer = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'rooms@fleet.test' });
    await expect(mailer.send({ ...sms, subject: 'a', attachments: [] }, { signal })).rejects.toThrow();
  });
});
