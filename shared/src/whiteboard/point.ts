import { z } from 'zod';

/** A place on the board, in its own units: far enough for every drawing that a board takes. */
const along = z.number().min(-1e7).max(1e7);
export const boardPoint = z.object({ x: along, y: along });
export type BoardPoint = z.infer<typeof boardPoint>;
