import { z } from 'zod';

/**
 * An OpenID Connect provider that the installation trusts. What it says of a person opens the account that the person
 * linked to it (`signIn`), or names who pays for an order (`billing`, the billing identity).
 */
export const identityUses = ['signIn', 'billing'] as const;
export const identityUse = z.enum(identityUses);
export type IdentityUse = z.infer<typeof identityUse>;

/** How the installation calls a provider, for ever: part of its configuration and of the audit trail. */
export const providerId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected lower-case letters, digits and hyphens');

/** What people read on its button. */
export const providerName = z.strictObject({ en: z.string().min(1).max(40), 'zh-CN': z.string().min(1).max(40) });
