import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { profileOfAnyMachine, readTerminalProfiles } from '../matching/choose-profile.ts';
import { readMachine } from '../matching/machine.ts';
import { matchAccessories, matchTerminals } from '../matching/match.ts';
import type { Line } from '../ports/line.ts';
import { createNoticePorts } from '../transports/notice-ports.ts';
import { parseAddress } from './address.ts';
import { editorSchemas } from './editor-schemas.ts';
import { lintFile } from './lint.ts';
import { openAccessory } from './open-accessory.ts';
import { accessoriesFolder, listProfileFiles, profilesFolder, readAccessory } from './profile-files.ts';
import type { AccessoryCommandDeps } from './sim-command.ts';
import { untilItAnswers, untilItIsKnown } from './until.ts';
import { readWish } from './words.ts';

export const profileUsage = `anteroom profile lint [FILE …]
    Checks profiles, all of hardware-profiles/ unless files are named. Each problem is a line: file, place, what.

anteroom profile schema
    Makes the schemas anew that editors check profiles with: accessory.schema.json and terminal.schema.json.

anteroom profile try NAME --at ADDRESS [--user TEXT] [--password TEXT] [--within S] [COMMAND [VALUE …]]
    Drives one device by an accessory's profile: asks everything, or runs one command, and prints its state as JSON.
    ADDRESS is tcp:HOST[:PORT], udp:HOST[:PORT], serial:/dev/PATH, gpio:CHIP, cec:/dev/cecN or v4l2:/dev/PATH.
    NAME is a profile or a file.
    anteroom profile try samsung-qb --at tcp:192.0.2.4 setInput hdmi1

anteroom profile match [--root DIR]
    Says which terminal profile is of this machine, which accessories are plugged in, by USB and EDID, and why; a line of
    JSON each. DIR has a copy of another machine's /sys, /proc and /dev.

anteroom profile probe --at ADDRESS
    Asks who is there, in the words of each profile that is reached by such a line, and prints who answered.
`;

const options = {
  at: { type: 'string' },
  user: { type: 'string', default: '' },
  password: { type: 'string', default: '' },
  within: { type: 'string', default: '5' },
  root: { type: 'string', default: '/' },
  help: { type: 'boolean' },
} as const;

/** The command `anteroom profile`; resolves to its exit code. */
export async function runProfileCommand(args: readonly string[], deps: AccessoryCommandDeps): Promise<number> {
  const [action, ...rest] = args;
  try {
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true, allowNegative: false });
    if (values.help || action === undefined || action === '--help' || action === 'help') {
      deps.print(profileUsage);
      return action === undefined ? 2 : 0;
    }
    const withinMs = Number(values.within) * 1000;
    if (!(withinMs >= 100 && withinMs <= 600_000)) throw new UsageError('--within: expected 0.1 to 600 seconds');
    const { at, user, password } = values;
    const target = { at, user, password, withinMs };
    if (action === 'lint') return await lintAll(positionals, deps);
    if (action === 'schema') return await writeSchemas(deps);
    if (action === 'match') return await matchMachine(values.root, deps);
    if (action === 'try') return await tryOne(positionals, target, deps);
    if (action === 'probe') return await probe(target, deps);
    throw new UsageError(`there is no “${action}”`);
  } catch (cause) {
    const isUsage = cause instanceof UsageError || (cause instanceof Error && 'code' in cause);
    deps.complain(`anteroom profile: ${cause instanceof Error ? cause.message : String(cause)}`);
    if (isUsage) deps.complain(`\n${profileUsage}`);
    return isUsage ? 2 : 1;
  }
}

class UsageError extends Error {}

const asItIs = (line: Line): Line => line;

type Target = { at: string | undefined; user: string; password: string; withinMs: number };

async function lintAll(files: readonly string[], { print }: AccessoryCommandDeps): Promise<number> {
  const all =
    files.length > 0
      ? files
      : (await Promise.all([profilesFolder, accessoriesFolder].map((folder) => listProfileFiles(folder)))).flat();
  let count = 0;
  for (const file of all) {
    for (const { at, what } of await lintFile(file)) {
      print(`${relative('.', file)}: ${at === '' ? '' : `${at}: `}${what}`);
      count += 1;
    }
  }
  print(`${all.length} profiles, ${count} problems`);
  return count === 0 ? 0 : 1;
}

async function writeSchemas({ print }: AccessoryCommandDeps): Promise<number> {
  for (const { file, text } of editorSchemas()) {
    await writeFile(file, text);
    print(relative('.', file));
  }
  return 0;
}

async function matchMachine(root: string, { print, complain }: AccessoryCommandDeps): Promise<number> {
  const machine = await readMachine(root);
  const accessories = await Promise.all((await listProfileFiles()).map((file) => readAccessory(file)));
  const terminals = matchTerminals(machine, await readTerminalProfiles());
  for (const { profile, because } of terminals) print(JSON.stringify({ terminal: profile.name, because }));
  for (const { profile, isSure, because } of matchAccessories(machine, accessories))
    print(JSON.stringify({ accessory: profile.name, isSure, because }));
  for (const port of machine.serialPorts)
    print(JSON.stringify({ serialPort: port, ask: `anteroom profile probe --at serial:${port}` }));
  if (terminals.length > 0) return 0;
  complain(`no profile is about this machine: --profile ${profileOfAnyMachine} is for any`);
  return 1;
}

async function tryOne(words: readonly string[], target: Target, deps: AccessoryCommandDeps): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined) throw new UsageError('try: which profile?');
  if (target.at === undefined) throw new UsageError('try: --at ADDRESS is missing');
  const profile = await readAccessory(name);
  const address = parseAddress(target.at);
  await using notices = createNoticePorts(deps);
  await using accessory = openAccessory({ ...deps, ...target, profile, address, notices, through: asItIs });
  const wish = readWish(rest, accessory);
  const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(target.withinMs)]);
  await untilItAnswers(accessory, signal);
  await (wish.kind === 'ask' ? accessory.device.refresh({ signal }) : wish.run({ signal }));
  await untilItIsKnown(accessory, signal);
  deps.print(JSON.stringify({ profile: name, at: target.at, ...accessory.device.state() }));
  return 0;
}

async function probe(target: Target, deps: AccessoryCommandDeps): Promise<number> {
  if (target.at === undefined) throw new UsageError('probe: --at ADDRESS is missing');
  const address = parseAddress(target.at);
  await using notices = createNoticePorts(deps);
  let found = 0;
  for (const file of await listProfileFiles()) {
    const profile = await readAccessory(file);
    if (!profile.lines.some(({ transport }) => transport === address.transport)) continue;
    // One after the other: a serial port is had by one at a time.
    await using accessory = openAccessory({ ...deps, ...target, profile, address, notices, through: asItIs });
    const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(target.withinMs)]);
    try {
      await untilItAnswers(accessory, signal);
    } catch {
      deps.signal.throwIfAborted();
      continue; // Nobody who speaks this protocol: what a probe is to find out.
    }
    const identity = await untilItIsKnown(accessory, deps.signal);
    const isMatch = isOneOf(identity, profile.match.identity ?? []);
    deps.print(JSON.stringify({ profile: profile.name, protocol: profile.protocol, identity, isMatch }));
    found += 1;
  }
  if (found === 0) deps.complain(`nobody at ${target.at} answers to any profile`);
  return found === 0 ? 1 : 0;
}

function isOneOf(identity: string | null, parts: readonly string[]): boolean {
  return identity !== null && parts.some((part) => identity.toLowerCase().includes(part.toLowerCase()));
}
