import * as fs from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { terminalId } from '@anteroom/shared/ids.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { z } from 'zod';
import { createLink } from '../../device/src/link/client.ts';
import { openStore } from '../../device/src/store/store.ts';
import { fastTerminalTiming } from './link-settings.ts';

/**
 * A terminal's link with a small agent, as a process that tests can kill. Acting on a command is one line, with its id,
 * that is fsynced to `actedFile`; it says `acting` to its parent just before.
 */
const settings = z
  .object({
    terminalId,
    directory: z.string(),
    actedFile: z.string(),
    port: z.int(),
    keyPem: z.string(),
    certificatePem: z.string(),
    caPem: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const clock = createSystemClock();
const log = pino({ level: process.env.LINK_LOG ?? 'error' }, pino.destination(2));
const acted = await open(settings.actedFile, 'a');

const link = await createLink({
  store: await openStore({ directory: settings.directory, fs, clock }),
  clock,
  log,
  hardware: { software: '0.1.0', profile: 'simulated', serial: 'S1' },
  identity: () => {
    const { keyPem, certificatePem, caPem } = settings;
    const url = `mqtts://127.0.0.1:${settings.port}`;
    return Promise.resolve({ terminalId: settings.terminalId, url, keyPem, certificatePem, caPem });
  },
  handlers: {
    desired: () => undefined,
    statusChanged: () => undefined,
    async execute(_request, { commandId, signal }) {
      process.send?.('acting');
      await clock.sleep(Math.random() * 20, { signal });
      await acted.write(`${commandId}\n`);
      await acted.datasync();
      await clock.sleep(Math.random() * 20, { signal });
      return { result: 'done', detail: '' };
    },
  },
  timing: fastTerminalTiming,
});
link.start();
// The parent is gone: so is the test.
process.on('disconnect', () => process.exit());
