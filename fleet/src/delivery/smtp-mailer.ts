import { createTransport } from 'nodemailer';
import { type Mailer, RefusedForGood } from './ports.ts';

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
      const sending = transport.sendMail({
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
      await sending.catch(refuseForGood);
    },
    [Symbol.dispose]() {
      transport.close();
    },
  };
}

/**
 * A recipient or a message that the server refused with 5xx is refused for good (RFC 5321, 4.2.1). Everything else may be
 * mended: a server that is away, or one that wants to know us first (530 to 538, RFC 4954).
 */
function refuseForGood(error: unknown): never {
  const { code, responseCode } = Object(error) as { code?: unknown; responseCode?: unknown };
  const isAboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (isAboutMessage && typeof responseCode === 'number' && isForGood(responseCode))
    throw new RefusedForGood(error instanceof Error ? error.message : String(error), { cause: error });
  throw error;
}

function isForGood(responseCode: number): boolean {
  return responseCode >= 500 && !(responseCode >= 530 && responseCode <= 538);
}
