import { z } from 'zod';

// The agent's Content-Security-Policy forbids eval, which zod tries for speed when a schema is made: so this module is
// imported before every schema.
z.config({ jitless: true });
