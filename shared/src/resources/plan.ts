import { z } from 'zod';

/**
 * A plan: what its organizations may do, read from `fleet/catalogue/plans/<plan>.yaml`. Unknown keys are refused: a
 * misspelt limit must not be a silent default.
 */
export const planSchemaName = 'anteroom/plan/1';

/** From the least to the most: of several paid plans the last one counts. */
export const planNames = ['free', 'flex', 'flagship'] as const;
export const planName = z.enum(planNames);
export type PlanName = z.infer<typeof planName>;

/**
 * What a plan has beside its limits. Whoever plans a meeting is refused what its plan has not, `phoneJoin` excepted: it is
 * joining by voice through a SIP gateway, of which there is none yet, so that nothing asks for it. A phone number may be
 * invited with every plan: its person gets the notice, and comes by the link.
 */
export const planFeatures = ['waitingRoom', 'watermark', 'phoneJoin', 'recording'] as const;
export const planFeature = z.enum(planFeatures);
export type PlanFeature = z.infer<typeof planFeature>;

/** What can be ordered: cloud rooms of N parties, concurrency of N, licences for N terminals. */
export const orderedKinds = ['room', 'concurrency', 'terminals'] as const;
export const orderedKind = z.enum(orderedKinds);
export type OrderedKind = z.infer<typeof orderedKind>;

export const plan = z.strictObject({
  schema: z.literal(planSchemaName),
  /** Equals the file's name without `.yaml`. */
  plan: planName,
  title: z.strictObject({ en: z.string().min(1).max(40), 'zh-CN': z.string().min(1).max(40) }),
  /** In one meeting, terminals and guests included. */
  maxParticipants: z.int().min(2).max(1000),
  /** Of one meeting from its start; null for no limit but that of every meeting. */
  maxMinutes: z.int().min(1).max(1440).nullable(),
  features: z.array(planFeature),
  /** Terminals that may be paired without a licence of their own. */
  terminals: z.int().min(0).max(100_000),
  /** What may be ordered with this plan; empty for the plan that everybody has without an order. */
  orders: z.array(orderedKind),
});
export type Plan = z.infer<typeof plan>;
