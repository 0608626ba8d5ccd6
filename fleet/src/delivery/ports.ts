/** What carries messages to people. An adapter resolves when the next hop has taken the message, and throws otherwise. */

/** The next hop refused the message for good: no later try will change its mind. */
export class RefusedForGood extends Error {
  override readonly name = 'RefusedForGood';
}

export type Attachment = {
  filename: string;
  /** Media type with its parameters, `text/calendar; method=REQUEST`. */
  contentType: string;
  text: string;
};

export type OutgoingMail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  attachments: readonly Attachment[];
};

export type OutgoingSms = { id: string; to: string; text: string };

export interface Mailer {
  send(mail: OutgoingMail, options: { signal: AbortSignal }): Promise<void>;
}

export interface SmsGateway {
  send(sms: OutgoingSms, options: { signal: AbortSignal }): Promise<void>;
}

/** A gateway is null where none is configured: then the outbox page of the console is where messages are read. */
export type Gateways = { mail: Mailer | null; sms: SmsGateway | null };
