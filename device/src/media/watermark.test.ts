import { expect, test } from 'vitest';
import { watermarkDescription, watermarkTexts } from './watermark.ts';

const screen = { width: 1280, height: 720 };
const rowsOf = (name: string) => [...watermarkTexts('display', name, screen).values()];

test('a name fills the display in rows, every other one shifted', () => {
  const rows = rowsOf('Cedar');
  expect(rows).toHaveLength(5);
  for (const row of rows) expect(row.match(/Cedar/g)?.length).toBeGreaterThanOrEqual(5);
  expect(rows[0]).toMatch(/^Cedar/);
  expect(rows[1]).toMatch(/^ +Cedar/);
});

test('each row has its element', () => {
  const description = watermarkDescription('content', screen);
  for (const element of watermarkTexts('content', 'Cedar', screen).keys())
    expect(description).toContain(`name=${element} silent=true`);
});

test('a name that is wider than the display stands in each row once', () => {
  const name = '雪松会议室'.repeat(16);
  for (const row of rowsOf(name)) expect(row.split(name)).toHaveLength(2);
});

test('a name cannot become markup', () => {
  expect(rowsOf('<b>&')[0]).toMatch(/^&lt;b&gt;&amp;/);
});
