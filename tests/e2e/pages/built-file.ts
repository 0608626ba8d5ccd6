import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/**
 * A file of a built page with its headers. They say of caching what the fleet and the agent say of such a file: else
 * every load of a page would compile its bundle again. Rejects when there is no such file.
 */
export async function readBuilt(
  dist: string,
  file: string,
): Promise<{ bytes: Buffer; headers: Record<string, string> }> {
  const bytes = await readFile(join(dist, file)).catch((cause: unknown) => {
    throw new Error(`no ${file} in ${dist}; build the pages first: npm run build`, { cause });
  });
  return {
    bytes,
    headers: {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': file.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  };
}
