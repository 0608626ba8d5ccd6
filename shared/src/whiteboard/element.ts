import { z } from 'zod';

/**
 * One element of the whiteboard: the fields of an Excalidraw element that everybody shares. What Excalidraw keeps for one
 * page's own bookkeeping (version, versionNonce, updated, isDeleted, lastCommittedPoint) is not among them: an element that
 * was deleted is not there. Pictures, embedded pages and frames made by machines are not drawn on a board.
 */
const far = 1_000_000;
const coordinate = z.number().min(-far).max(far);
const point = z.tuple([coordinate, coordinate]);
const elementId = z.string().min(1).max(64);
/** Fractional index: elements lie upon each other in the order of these strings. */
const index = z.string().min(1).max(200);
const colour = z.string().max(64);
/** Where a link may lead: no address that a browser would run. */
const link = z
  .string()
  .max(2_000)
  .regex(/^(https?:\/\/|mailto:)/i);

const common = {
  id: elementId,
  index,
  x: coordinate,
  y: coordinate,
  width: coordinate,
  height: coordinate,
  angle: z.number().min(-10).max(10),
  strokeColor: colour,
  backgroundColor: colour,
  fillStyle: z.enum(['hachure', 'cross-hatch', 'solid', 'zigzag']),
  strokeWidth: z.number().min(0).max(100),
  strokeStyle: z.enum(['solid', 'dashed', 'dotted']),
  roughness: z.number().min(0).max(10),
  roundness: z.object({ type: z.int().min(1).max(3), value: coordinate.optional() }).nullable(),
  opacity: z.number().min(0).max(100),
  seed: z.number(),
  groupIds: z.array(elementId).max(50),
  frameId: elementId.nullable(),
  boundElements: z
    .array(z.object({ id: elementId, type: z.enum(['arrow', 'text']) }))
    .max(500)
    .nullable(),
  link: link.nullable(),
  locked: z.boolean(),
};

const binding = z
  .object({
    elementId,
    focus: z.number(),
    gap: z.number(),
    fixedPoint: z.tuple([z.number(), z.number()]).nullable().optional(),
  })
  .nullable();
const arrowhead = z.string().max(40).nullable();
const line = {
  points: z.array(point).max(2_000),
  startBinding: binding,
  endBinding: binding,
  startArrowhead: arrowhead,
  endArrowhead: arrowhead,
};
/** Points of one stroke; a long one goes on as another. */
export const maxStrokePoints = 10_000;

export const boardElement = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.enum(['rectangle', 'diamond', 'ellipse']) }),
  z.object({
    ...common,
    type: z.literal('text'),
    text: z.string().max(10_000),
    originalText: z.string().max(10_000),
    fontSize: z.number().min(1).max(2_000),
    fontFamily: z.int().min(1).max(100),
    textAlign: z.enum(['left', 'center', 'right']),
    verticalAlign: z.enum(['top', 'middle', 'bottom']),
    containerId: elementId.nullable(),
    autoResize: z.boolean(),
    lineHeight: z.number().min(0.1).max(10),
  }),
  z.object({ ...common, type: z.literal('line'), ...line, polygon: z.boolean().optional() }),
  z.object({
    ...common,
    type: z.literal('arrow'),
    ...line,
    elbowed: z.boolean(),
    fixedSegments: z
      .array(z.object({ start: point, end: point, index: z.int().min(0) }))
      .max(500)
      .nullable()
      .optional(),
    startIsSpecial: z.boolean().nullable().optional(),
    endIsSpecial: z.boolean().nullable().optional(),
  }),
  z.object({
    ...common,
    type: z.literal('freedraw'),
    points: z.array(point).max(maxStrokePoints),
    pressures: z.array(z.number().min(0).max(1)).max(maxStrokePoints),
    simulatePressure: z.boolean(),
  }),
  z.object({ ...common, type: z.literal('frame'), name: z.string().max(200).nullable() }),
]);
export type BoardElement = z.infer<typeof boardElement>;

type Ordered = Pick<BoardElement, 'id' | 'index'>;

/** From the lowest to the highest; the same everywhere, also for two that were put at the same place at once. */
export function byOrder(one: Ordered, other: Ordered): number {
  if (one.index !== other.index) return one.index < other.index ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
