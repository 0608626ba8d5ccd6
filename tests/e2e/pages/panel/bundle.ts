import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../../..');
const vite = join(root, 'node_modules/vite/bin/vite.js');
const panel = join(root, 'device/panel');
const sources = ['device/panel/src', 'shared/ui/src', 'shared/src'].map((folder) => join(root, folder));

async function newestMs(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const times = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  return Math.max(...times);
}

async function builtMs(dist: string): Promise<number> {
  try {
    return (await stat(join(dist, 'index.html'))).mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

/** The bundle as it is shipped: the one that the set-up built when it is newer than its sources, else a fresh one. */
export async function findPanelBundle(): Promise<AsyncDisposable & { dist: string }> {
  const shipped = join(panel, 'dist');
  const newestSourceMs = Math.max(...(await Promise.all(sources.map(newestMs))));
  if ((await builtMs(shipped)) > newestSourceMs) {
    return { dist: shipped, async [Symbol.asyncDispose]() {} };
  }
  const dist = await mkdtemp(join(tmpdir(), 'anteroom-panel-'));
  // In a process of its own: the tests' NODE_ENV would bundle libraries as for development.
  const args = ['build', panel, '--outDir', dist, '--emptyOutDir', '--logLevel', 'error'];
  await run(process.execPath, [vite, ...args], { env: { ...process.env, NODE_ENV: 'production' } });
  return { dist, [Symbol.asyncDispose]: () => rm(dist, { recursive: true, force: true }) };
}
