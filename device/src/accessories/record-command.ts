import { appendFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createNoticePorts } from '../transports/notice-ports.ts';
import { lineOf, parseAddress } from './address.ts';
import { type CaptureHead, type TappedEvent, tapLine } from './capture.ts';
import { openAccessory } from './open-accessory.ts';
import { readAccessory } from './profile-files.ts';
import { valuesOf } from './replay.ts';
import type { AccessoryCommandDeps } from './sim-command.ts';
import { untilItAnswers, untilItIsKnown } from './until.ts';
import { readWish } from './words.ts';

export const recordUsage = `anteroom record FILE --profile NAME --at ADDRESS [--within S] [COMMAND [VALUE …] [/ COMMAND …]]

Drives one device by an accessory's profile, asks everything, runs the commands one after the other, and keeps all bytes with
their time in FILE (JSON lines), to be played back as a test. Addresses are not kept; what a device says of itself is.
`;

const options = {
  profile: { type: 'string' },
  at: { type: 'string' },
  within: { type: 'string', default: '30' },
  help: { type: 'boolean' },
} as const;

/** The command `anteroom record`; resolves to its exit code. */
export async function runRecordCommand(args: readonly string[], deps: AccessoryCommandDeps): Promise<number> {
  const { print, complain, clock } = deps;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) {
      print(recordUsage);
      return 0;
    }
    const [file, ...words] = positionals;
    if (file === undefined || values.profile === undefined || values.at === undefined) {
      complain(recordUsage);
      return 2;
    }
    const profile = await readAccessory(values.profile);
    const address = lineOf(parseAddress(values.at));
    const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(Number(values.within) * 1000)]);
    const startedMs = clock.monotonicMs();
    const lines: string[] = [];
    let isOver = false;
    const write = (event: TappedEvent) => {
      if (isOver) return; // The line closes because we leave.
      isOver = event.event === 'ended';
      lines.push(JSON.stringify({ atMs: Math.round(clock.monotonicMs() - startedMs), ...event }));
    };
    const head: CaptureHead = {
      ...{ capture: 'anteroom/capture/1', profile: profile.name, transport: address.transport },
      recordedAt: clock.now().toISOString(),
    };
    // First, so that a file that cannot be written is known before anything is moved.
    await writeFile(file, `${JSON.stringify(head)}\n`);
    try {
      await using notices = createNoticePorts(deps);
      await using accessory = openAccessory({
        ...{ ...deps, notices, profile, address, user: '', password: '' },
        through: (line) => tapLine(line, write),
      });
      await untilItAnswers(accessory, signal);
      await untilItIsKnown(accessory, signal);
      for (const command of commandsIn(words)) {
        const wish = readWish(command, accessory);
        write({ event: 'asked', words: command });
        await (wish.kind === 'ask' ? accessory.device.refresh({ signal }) : wish.run({ signal }));
      }
      write({ event: 'ended', state: valuesOf(accessory.device.state()) });
    } finally {
      await appendFile(file, lines.map((line) => `${line}\n`).join(''));
    }
    print(`${lines.length} lines in ${file}`);
    return 0;
  } catch (cause) {
    complain(`anteroom record: ${cause instanceof Error ? cause.message : String(cause)}`);
    return 1;
  }
}

/** Everything is asked first; `/` stands between commands. */
function commandsIn(words: readonly string[]): string[][] {
  const commands: string[][] = [[]];
  for (const word of words) {
    if (word === '/') commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return words.length === 0 ? commands : [[], ...commands.filter((command) => command.length > 0)];
}
