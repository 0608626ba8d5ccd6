import { readdir, readFile, readlink } from 'node:fs/promises';

/** An established TCP connection of a process; `inode` is the socket's, which no later connection has. */
export type Connection = { inode: string; remotePort: number };

const established = '01';

/** TCP connections of the process `pid` that are established now, by /proc (proc(5), /proc/net/tcp). */
export async function connectionsOf(pid: number): Promise<Connection[]> {
  const own = await socketInodes(pid);
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8')));
  return tables.flatMap((table) =>
    table
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === established && own.has(fields[9] ?? ''))
      .map((fields) => ({ inode: fields[9] ?? '', remotePort: Number.parseInt(fields[2]?.split(':')[1] ?? '', 16) })),
  );
}

async function socketInodes(pid: number): Promise<Set<string>> {
  const inodes = new Set<string>();
  for (const descriptor of await readdir(`/proc/${pid}/fd`)) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch((error: NodeJS.ErrnoException) => {
      // It was closed since the folder was read.
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined) inodes.add(inode);
  }
  return inodes;
}
