import { parseArgs } from 'node:util';
import { createMischief } from '../ports/mischief.ts';
import { passwordOf, readInstallation } from './installation-file.ts';
import { type AccessoryCommandDeps, misbehave, playAt, untilStopped } from './sim-command.ts';

export const installationSimUsage = `anteroom sim --installation FILE [--warm-up S]

Plays every device of an installation, each at the address that the file gives it; where it listens is a JSON line on
standard output. Ctrl-C stops. Lines on standard input make one misbehave, as with --profile, after its name:
\`front power-cycle\`, \`camera deafen\`.
`;

const options = {
  installation: { type: 'string' },
  'warm-up': { type: 'string', default: '2' },
  help: { type: 'boolean' },
} as const;

/** The command `anteroom sim --installation`; resolves to its exit code. */
export async function runInstallationSimulation(args: readonly string[], deps: AccessoryCommandDeps): Promise<number> {
  const { print, complain, clock, signal } = deps;
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help || values.installation === undefined) {
      print(installationSimUsage);
      return values.help ? 0 : 2;
    }
    const { file, devices } = await readInstallation(values.installation);
    await using stack = new AsyncDisposableStack();
    const played = new Map<string, (line: string) => string | null>();
    for (const { installed, profile } of devices) {
      const { name, at, user = '' } = installed;
      const mischief = createMischief({ clock, signal });
      const password = await passwordOf(installed, file);
      const { device, served } = await playAt(profile, at, {
        ...{ user, password, mode: 'strict', warmUpS: values['warm-up'], clock, mischief },
      });
      stack.use(device);
      stack.use(served);
      played.set(name, (line) => misbehave(line, device, mischief));
      print(JSON.stringify({ event: 'listening', device: name, profile: profile.name, at: served.at }));
    }
    print(JSON.stringify({ event: 'ready', devices: devices.length }));
    await untilStopped(deps, (line) => {
      const [name = '', ...words] = line.trim().split(/\s+/);
      const act = played.get(name);
      return act ? act(words.join(' ')) : `there is no device “${name}”: ${[...played.keys()].join(', ')}`;
    });
    return 0;
  } catch (cause) {
    complain(`anteroom sim: ${cause instanceof Error ? cause.message : String(cause)}`);
    return 1;
  }
}
