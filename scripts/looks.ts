import { resolve } from 'node:path';
import { takeLooks } from '../tests/looks/looks.ts';

/** `npm run looks -- FOLDER`: pictures of every page in both languages, wide and narrow, light and dark. */
const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: npm run looks -- FOLDER\n');
  process.exitCode = 2;
} else {
  await takeLooks(resolve(folder), (text) => process.stderr.write(`  ${text}\n`));
  process.stdout.write(`${resolve(folder, 'index.html')}\n`);
}
