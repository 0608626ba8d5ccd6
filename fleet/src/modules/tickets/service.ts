import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import {
  accountId,
  meetingId,
  organizationId,
  type ParticipantId,
  participantId,
  terminalId,
} from '@anteroom/shared/ids.ts';
import { CompactSign, compactVerify, errors } from 'jose';
import { z } from 'zod';
import { readOrCreateSecret } from '../../enrolment/key-file.ts';

/**
 * What a join ticket says: who may come into which meeting as what, and until when. A terminal's ticket names the
 * thumbprint of its certificate (RFC 8705 §3.1), so that whoever finds the ticket cannot use it. Claim names are short
 * because a desired document bears fifty tickets.
 */
export const ticketClaims = z.object({
  sub: participantId,
  org: organizationId,
  mtg: meetingId,
  role: z.enum(['host', 'member', 'guest']),
  kind: z.enum(['terminal', 'person', 'guest']),
  name: z.string(),
  /** Terminals only. */
  trm: terminalId.optional(),
  cnf: z.object({ 'x5t#S256': z.string() }).optional(),
  /** The account that was signed in; absent for guests and terminals. */
  acc: accountId.optional(),
  /** Proof of the guest password that its holder typed (`passwordProof`): a changed password needs a new ticket. */
  pwp: z.string().optional(),
  /** Seconds since 1970 (RFC 7519 §2). */
  nbf: z.int(),
  exp: z.int(),
});
export type TicketClaims = z.infer<typeof ticketClaims>;

export interface TicketsService {
  /** The compact JWS of these claims; Ed25519 gives equal claims the same ticket, so documents that bear it stay equal. */
  sign(claims: TicketClaims): Promise<string>;
  /** The claims of a ticket that this fleet signed, whatever its time; null for anything else. */
  read(ticket: string): Promise<TicketClaims | null>;
}

const ticketType = 'anteroom-ticket+jwt';
/** Signing is what costs; every refresh of a terminal's document asks for the same tickets again. */
const keptTickets = 20_000;

export async function createTicketsService({ dataDir }: { dataDir: string }): Promise<TicketsService> {
  const pem = await readOrCreateSecret(join(dataDir, 'keys', 'tickets.pem'), () =>
    Promise.resolve(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  );
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const signed = new Map<string, string>();

  return {
    async sign(claims) {
      const text = JSON.stringify(ticketClaims.parse(claims));
      const known = signed.get(text);
      if (known !== undefined) return known;
      const ticket = await new CompactSign(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'EdDSA', typ: ticketType })
        .sign(privateKey);
      if (signed.size >= keptTickets) signed.clear();
      signed.set(text, ticket);
      return ticket;
    },
    async read(ticket) {
      try {
        const { payload, protectedHeader } = await compactVerify(ticket, publicKey, { algorithms: ['EdDSA'] });
        if (protectedHeader.typ !== ticketType) return null;
        const claims = ticketClaims.safeParse(JSON.parse(new TextDecoder().decode(payload)));
        return claims.success ? claims.data : null;
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof SyntaxError) return null;
        throw error;
      }
    },
  };
}

/** The participant that a terminal is in a meeting: always the same, whoever asks and however often. */
export function participantOf(meeting: string, terminal: string): ParticipantId {
  return `prt_${createHash('sha256').update(`${meeting} ${terminal}`).digest('hex').slice(0, 32)}`;
}

/** What a ticket says of the guest password that was typed for it: enough to see that it changed, too little to read it. */
export function passwordProof(meeting: string, password: string): string {
  return createHash('sha256').update(`${meeting} ${password}`).digest('base64url').slice(0, 16);
}
