import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';

/** A port that something else holds, and what is known of the holder. */
export type BusyPort = { port: number; holder: { pid: number; command: string } | null };

/** Null when `port` is free on `host`, else who holds it, as far as the system tells. */
export async function findBusyPort(port: number, host: string): Promise<BusyPort | null> {
  if (port === 0 || (await canListen(port, host))) return null;
  return { port, holder: await findHolder(port) };
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** The process behind a listening TCP port, by /proc: socket inode in net/tcp, then the file descriptor that shows it. */
async function findHolder(port: number): Promise<BusyPort['holder']> {
  const inodes = new Set([
    ...(await listeningInodes('/proc/net/tcp', port)),
    ...(await listeningInodes('/proc/net/tcp6', port)),
  ]);
  if (inodes.size === 0) return null;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    for (const descriptor of await listOrNone(`/proc/${entry}/fd`)) {
      const target = await readlink(`/proc/${entry}/fd/${descriptor}`).catch(goneMeanwhile);
      const inode = target?.match(/^socket:\[(\d+)\]$/)?.[1];
      if (inode !== undefined && inodes.has(inode)) {
        const command = (await readFile(`/proc/${entry}/cmdline`, 'utf8')).split('\0').join(' ').trim();
        return { pid: Number(entry), command };
      }
    }
  }
  return null;
}

async function listeningInodes(table: string, port: number): Promise<string[]> {
  const text = await readFile(table, 'utf8').catch(goneMeanwhile);
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = '0A';
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === listening)
    .flatMap((fields) => (fields[9] === undefined ? [] : [fields[9]]));
}

async function listOrNone(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(goneMeanwhile)) ?? [];
}

/** Processes end and other users' descriptors are closed to us: both mean "not the holder that we can name". */
function goneMeanwhile(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'ESRCH')
    return undefined;
  throw error;
}

/** A port that nothing holds now, for programs that must come back on the same one after they were killed. */
export function pickFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error(`no TCP address on ${host}`));
        else resolve(address.port);
      });
    });
  });
}
