import { createTransport } from 'nodemailer';
import type { Mailer } from './ports.ts';

export type SmtpMailer = Mailer & Disposable;

const answerWithinMs = 20_000;

/**
 * Mail by SMTP. `url` is `smtp://user:password@host:587` or `smtps://…:465`; with `smtp:` the connection is upgraded
 * by STARTTLS where the server offers it (RFC 3207).
 */
export function createSmtpMailer({ url, from }: { url: string; from: string }): SmtpMailer {
  const transport = createTransport({
    url,
    connectionTimeout: answerWithinMs,
    greetingTimeout: answerWithinMs,
    socketTimeout: answerWithinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ id, to, subject, text, attachments }, { signal }) {
      signal.throwIfAborted();
      const calendar = attachments.find(({ contentType }) => contentType.startsWith('text/calendar'));
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        // The same id at every try, so that a mailbox that takes one twice can tell (RFC 5322, 3.6.4).
        messageId: `<${id}@${from.split('@').at(-1)?.replace(/>$/, '') ?? 'anteroom'}>`,
        attachments: attachments.map(({ filename, contentType, text: content }) => ({
          filename,
          contentType,
          content,
        })),
        // Mail programs offer Accept and Decline for an alternative, not for an attachment (RFC 6047).
        ...(calendar
          ? { alternatives: [{ contentType: `${calendar.contentType}; charset=utf-8`, content: calendar.text }] }
          : {}),
      });
    },
    [Symbol.dispose]() {
      transport.close();
    },
  };
}
