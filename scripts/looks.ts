import { resolve } from 'node:path';
import { takeLooks } from '../tests/looks/looks.ts';

/** `npm run looks -- FOLDER`: pictures of every page in both languages, wide and narrow, light and dark. */
const usage = 'usage: npm run looks -- FOLDER\n';
const folder = process.argv[2];
if (folder === '--help' || folder === '-h') {
  process.stdout.write(usage);
} else if (folder === undefined || folder.startsWith('-')) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  await takeLooks(resolve(folder), (text) => process.stderr.write(`  ${text}\n`));
  process.stdout.write(`${resolve(folder, 'index.html')}\n`);
}
