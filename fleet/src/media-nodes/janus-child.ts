import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, constants, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Logger } from 'pino';
import { renderJanusConfig } from './janus-config.ts';

/** One run of Janus: its files, its process and its end. Restarting is the supervisor's business. */
export type JanusChild = {
  pid: number;
  apiUrl: string;
  apiSecret: string;
  roomAdminKey: string;
  /** Resolves with the last lines it wrote when the process is gone. */
  exited: Promise<{ code: number | null; signal: string | null; lastLines: string[] }>;
  kill(): void;
};

export type JanusChildOptions = {
  executable: string;
  configFolder: string;
  address: string;
  rtpPorts: { min: number; max: number };
  log: Logger;
};

const setprivPath = '/usr/bin/setpriv';
/** `nobody` and `nogroup` of Debian's base-passwd: fixed numbers. */
export const unprivileged = { uid: 65534, gid: 65534 };

export async function startJanusChild(options: JanusChildOptions): Promise<JanusChild> {
  const [apiPort, adminPort] = await freePorts();
  const secrets = { apiSecret: secret(), adminSecret: secret(), roomAdminKey: secret() };
  await writeConfig(options, renderJanusConfig({ ...options, ...secrets, apiPort, adminPort }));
  const [command, args] = await commandLine(options);
  // A session of its own: Ctrl-C in a shell reaches the fleet alone, which then ends Janus in its own time.
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: {} });
  const exited = watch(child, options.log);
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? 0));
    child.once('error', (cause) => reject(new Error(`janus: cannot start ${command}`, { cause })));
  });
  return {
    pid,
    apiUrl: `ws://127.0.0.1:${apiPort}`,
    apiSecret: secrets.apiSecret,
    roomAdminKey: secrets.roomAdminKey,
    exited,
    kill: () => child.kill('SIGKILL'),
  };
}

const secret = () => randomBytes(24).toString('base64url');

async function writeConfig({ configFolder }: JanusChildOptions, files: Record<string, string>): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  await chmod(configFolder, 0o700);
  for (const [name, content] of Object.entries(files)) {
    const path = join(configFolder, name);
    await writeFile(path, content, { mode: 0o600 });
    if (isRoot) await chown(path, unprivileged.uid, unprivileged.gid);
  }
  if (isRoot) await chown(configFolder, unprivileged.uid, unprivileged.gid);
}

/**
 * Janus runs as nobody when the fleet is root, gains no privileges, and dies with the fleet's main thread even when that
 * is killed (prctl(2) PR_SET_PDEATHSIG). Without setpriv it just runs; the supervisor's record then finds a leftover.
 */
async function commandLine({ executable, configFolder }: JanusChildOptions): Promise<[string, string[]]> {
  const janus = [executable, '-C', join(configFolder, 'janus.jcfg'), '-F', configFolder];
  if (!(await isExecutable(setprivPath))) return [executable, janus.slice(1)];
  const { uid, gid } = unprivileged;
  const user = process.getuid?.() === 0 ? [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] : [];
  return [setprivPath, [...user, '--no-new-privs', '--pdeathsig', 'KILL', '--', ...janus]];
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function watch(child: ChildProcess, log: Logger): JanusChild['exited'] {
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log.debug({ line }, 'janus output');
      if (lastLines.push(line) > 20) lastLines.shift();
    });
  }
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal, lastLines }));
  });
}

async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return [ports[0] ?? 0, ports[1] ?? 0];
}
