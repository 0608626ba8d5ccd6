import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { z } from 'zod';
import { openDatabase } from '../../fleet/src/db/database.ts';
import { createBroker } from '../../fleet/src/link/broker.ts';
import { createProcessHolder } from '../../fleet/src/link/lease.ts';
import { createLink } from '../../fleet/src/link/service.ts';
import { fastFleetTiming } from './link-settings.ts';
import { createTableRegistry } from './link-world.ts';

/**
 * The fleet's link role alone, as a process that tests can kill. Says `{port}` to its parent whenever it leads;
 * told `wipe`, it closes broker and link in order and opens them anew.
 */
const settings = z
  .object({
    databaseFile: z.string(),
    port: z.int(),
    keyPem: z.string(),
    certificatePem: z.string(),
    caPem: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const clock = createSystemClock();
const log = pino({ level: process.env.LINK_LOG ?? 'error' }, pino.destination(2));
const db = await openDatabase({ file: settings.databaseFile });

async function startLink() {
  const { keyPem, certificatePem, caPem } = settings;
  const engine = createBroker({
    tls: { keyPem, certificatePem, clientCaPem: caPem },
    host: '127.0.0.1',
    port: settings.port,
    registry: createTableRegistry(db),
    clock,
    log,
  });
  const link = createLink({
    db,
    engine,
    clock,
    log,
    timing: fastFleetTiming,
    holder: createProcessHolder(),
    onChange: () => undefined,
  });
  link.start();
  const { port } = await link.untilLeading({ signal: AbortSignal.timeout(10_000) });
  process.send?.({ port });
  return link;
}

let link = await startLink();
process.on('message', (message) => {
  if (message !== 'wipe') return;
  link[Symbol.asyncDispose]()
    .then(startLink)
    .then(
      (started) => {
        link = started;
      },
      (error: unknown) => {
        log.error({ err: error }, 'link not started again');
        process.exitCode = 1;
        process.disconnect();
      },
    );
});
// The parent is gone: so is the test.
process.on('disconnect', () => process.exit());
