import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import { z } from 'zod';

/** The least that a Fastify server can do for the same answers: `bare-server.ts FILE` sends the payloads of a JSON object by name. */
const payloads = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const app = fastify();
app.get<{ Params: { name: string } }>('/:name', async (request) => payloads[request.params.name]);
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ event: 'ready', url })}\n`);
process.once('SIGTERM', () => process.exit(0));
