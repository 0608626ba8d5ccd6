import { expect, test } from 'vitest';
import { z } from 'zod';
import { apiRoutes } from './contract.ts';
import type { Route } from './route.ts';

const rows = Object.entries(apiRoutes).flatMap(([noun, routes]) =>
  Object.entries<Route>(routes).map(([verb, row]) => [`${noun}.${verb}`, row] as const),
);

test('no two rows share method and path', () => {
  const addresses = rows.map(([, row]) => `${row.method} ${row.path.replace(/:\w+/g, ':')}`);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test.each(rows)('%s: its path names exactly its parameters', (_name, row) => {
  const named = [...row.path.matchAll(/:(\w+)/g)].map((match) => match[1]).sort();
  expect(Object.keys(row.params?.shape ?? {}).sort()).toEqual(named);
});

test.each(rows)('%s can be written as JSON Schema for OpenAPI', (_name, row) => {
  for (const schema of [row.params, row.query, row.body]) {
    if (!schema) continue;
    const written = z.toJSONSchema(schema, { io: 'input' });
    expect(written.type ?? written.oneOf ?? written.anyOf).toBeTruthy();
  }
  if (row.success.body) expect(z.toJSONSchema(row.success.body)).toBeTruthy();
});

test.each(rows)('%s has a body unless its status is 204 or it gives a file', (_name, row) => {
  expect(row.success.body === null).toBe(row.success.status === 204 || row.success.file !== undefined);
});
