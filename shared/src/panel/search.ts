import { z } from 'zod';
import { longestSearch } from '../meeting/calling.ts';

/**
 * What somebody at the panel looks for in the organization's directory: POST /api/searches, answered with a `searchResult`.
 * Nothing typed finds the first of everything.
 */
export const panelSearch = z.strictObject({ text: z.string().trim().max(longestSearch) });
