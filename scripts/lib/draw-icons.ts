// The soft client's icons as PNG, from their SVG sources: sh scripts/node scripts/lib/draw-icons.ts. What it draws is
// committed, so that a build needs no browser.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { launchBrowser } from '../../tests/harness/browser.ts';

const client = resolve(import.meta.dirname, '../../fleet/client');
const icons = [
  { source: 'icon.svg', file: 'icon-192.png', sizePx: 192 },
  { source: 'icon.svg', file: 'icon-512.png', sizePx: 512 },
  { source: 'icon-maskable.svg', file: 'icon-maskable-512.png', sizePx: 512 },
  { source: 'icon-maskable.svg', file: 'apple-touch-icon.png', sizePx: 180 },
];

await using browser = await launchBrowser();
const page = await browser.newPage();
for (const { source, file, sizePx } of icons) {
  const svg = await readFile(join(client, 'icons', source), 'utf8');
  await page.setViewportSize({ width: sizePx, height: sizePx });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${sizePx}px}</style>${svg}`);
  await page.screenshot({ path: join(client, 'public', file), omitBackground: true });
}
