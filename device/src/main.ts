import { readFile } from 'node:fs/promises';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { type ParsedConfig, type TerminalConfig, usage } from './config.ts';

/**
 * The terminal's agent as a program: reads its options, wires everything, says on its standard output when it is ready,
 * and is the only place that may end the process.
 */
const exitCodes = { stopped: 0, failed: 1, misused: 2, restart: 75 };
/** An orderly stop that takes longer than this is cut short: whoever supervises us waits no longer. */
const stopWithinMs = 4_000;
/** By then everything is loaded. Node itself keeps what it compiled only at an orderly end, which a crash is not. */
const keepCompiledAfterMs = 10_000;

async function main(): Promise<number> {
  const { parseConfig } = await import('./config.ts');
  const parsed: ParsedConfig = parseConfig(process.argv.slice(2), process.env);
  if (!parsed.ok) {
    if (parsed.isHelpAsked) process.stdout.write(usage);
    else process.stderr.write(`${parsed.faults.join('\n')}\n\n${usage}`);
    return parsed.isHelpAsked ? exitCodes.stopped : exitCodes.misused;
  }
  return await runTerminal(parsed.config);
}

async function runTerminal(config: TerminalConfig): Promise<number> {
  // Loading what was compiled before starts an agent faster, which counts when it was killed in a meeting.
  enableCompileCache(join(config.data, 'compiled'));
  const { startAgent } = await import('./agent/start.ts');

  const stop = Promise.withResolvers<'stopped' | 'restart'>();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop.resolve('stopped'));
  const agent = await startAgent({
    config,
    caPem: await readFile(config['fleet-ca'], 'utf8'),
    onRestart: () => stop.resolve('restart'),
  });
  process.stdout.write(`${JSON.stringify({ event: 'ready', ...agent.ready })}\n`);
  setTimeout(flushCompileCache, keepCompiledAfterMs).unref();
  const end = await Promise.race([stop.promise, agent.failed]);
  setTimeout(() => process.exit(exitCodes[end]), stopWithinMs).unref();
  await agent.stop({ comesBack: end === 'restart' });
  return exitCodes[end];
}

function explain(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const code = 'code' in fault ? fault.code : null;
  if (code === 'EADDRINUSE')
    return `${fault.message}. Stop the program that holds the port, or give another --panel-port.`;
  if (code === 'ENOENT') return `${fault.message}. Check the path that was given.`;
  return fault.stack ?? fault.message;
}

try {
  process.exit(await main());
} catch (fault) {
  process.stderr.write(`the terminal could not be started: ${explain(fault)}\n`);
  process.exit(exitCodes.failed);
}
