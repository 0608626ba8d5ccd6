import { z } from 'zod';
import { accountId, organizationId } from '../ids.ts';
import { organizationSettings, organizationSettingsChange } from '../organization/settings.ts';
import { givenName, timeZone } from './page.ts';
import { route } from './route.ts';
import { codeSent, oneTimeCode } from './sessions.ts';

export const organizationSizes = ['1-19', '20-99', '100-499', '500-1999', '2000+'] as const;

const about = {
  name: givenName,
  industry: z.string().trim().max(60),
  size: z.enum(organizationSizes),
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/, 'expected two capital letters such as CN'),
  timeZone,
};

export const organization = z.object({
  id: organizationId,
  name: z.string(),
  /** `personal`: the own place of somebody who belongs to no company. */
  kind: z.enum(['company', 'personal']),
  industry: z.string(),
  size: z.string(),
  country: z.string(),
  timeZone: z.string(),
  settings: organizationSettings,
  /** Null in a personal one. */
  defaultAdministrator: z.object({ id: accountId, name: z.string() }).nullable(),
});
export type Organization = z.infer<typeof organization>;

export const organizationRoutes = {
  get: route({
    method: 'GET',
    path: '/organization',
    access: 'signedIn',
    summary: 'The own organization',
    success: { status: 200, body: organization },
  }),
  create: route({
    method: 'POST',
    path: '/organization',
    access: 'personal',
    summary: 'Create an organization and become its default administrator',
    body: z.strictObject(about),
    success: { status: 201, body: organization },
  }),
  update: route({
    method: 'PATCH',
    path: '/organization',
    access: 'settings',
    summary: 'Change what the organization is and decides',
    body: z.strictObject({ ...about, settings: organizationSettingsChange }).partial(),
    success: { status: 200, body: organization },
  }),
  sendHandOverCode: route({
    method: 'POST',
    path: '/organization/hand-over/code',
    access: 'defaultAdministrator',
    summary: 'Send the code that confirms the hand-over of the default administrator',
    success: codeSent,
  }),
  handOver: route({
    method: 'POST',
    path: '/organization/hand-over',
    access: 'defaultAdministrator',
    summary: 'Make somebody else the default administrator; the caller stays an administrator of everything',
    body: z.strictObject({ accountId, code: oneTimeCode }),
    success: { status: 200, body: organization },
  }),
};
