import { z } from 'zod';
import { accountId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { route } from './route.ts';
import { codeSent, oneTimeCode } from './sessions.ts';

/** Days between a closing request and its effect, in which an administrator may withdraw it. */
export const closingDays = 30;

export const closing = z.object({
  /** Until when a paid order runs: till then the organization is not dissolved at once, but asks to be closed. */
  hasPaidOrder: z.boolean(),
  request: z
    .object({
      requestedAt: instant,
      requestedBy: z.object({ id: accountId, name: z.string() }),
      effectiveAt: instant,
    })
    .nullable(),
});
export type Closing = z.infer<typeof closing>;

/** Dissolved at once, or asked to be closed because of a paid order. */
export const closingOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('dissolved') }),
  z.object({ outcome: z.literal('requested'), effectiveAt: instant }),
]);

/** How an organization ends. */
export const closingRoutes = {
  get: route({
    method: 'GET',
    path: '/organization/closing',
    access: 'administrator',
    summary: 'Whether the organization is to be closed, and when',
    success: { status: 200, body: closing },
  }),
  sendCode: route({
    method: 'POST',
    path: '/organization/closing/code',
    access: 'defaultAdministrator',
    summary: 'Send the code that confirms the end of the organization',
    success: codeSent,
  }),
  dissolve: route({
    method: 'POST',
    path: '/organization/closing',
    access: 'defaultAdministrator',
    summary: `Dissolve the organization; with a paid order that runs it is closed in ${closingDays} days`,
    body: z.strictObject({ code: oneTimeCode }),
    success: { status: 200, body: closingOutcome },
  }),
  withdraw: route({
    method: 'POST',
    path: '/organization/closing/withdraw',
    access: 'administrator',
    summary: 'Withdraw the request to close the organization',
    success: { status: 204, body: null },
  }),
};
