import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { protocols } from '../drivers/registry.ts';
import { editorSchemas } from './editor-schemas.ts';
import { accessoriesFolder, listProfileFiles, profilesFolder } from './profile-files.ts';

test.each(editorSchemas().map(({ file, text }) => [basename(file), file, text]))(
  '%s is what `anteroom profile schema` makes',
  async (_name, file, text) => {
    expect(await readFile(file, 'utf8')).toBe(text);
  },
);

test.each([profilesFolder, accessoriesFolder].map((folder) => [basename(folder), folder]))(
  'an editor finds the schema of every profile in %s',
  async (_name, folder) => {
    for (const file of await listProfileFiles(folder)) {
      const schema = /^# yaml-language-server: \$schema=(\S+)\n/.exec(await readFile(file, 'utf8'))?.[1];
      expect(schema && existsSync(join(dirname(file), schema)), file).toBe(true);
    }
  },
);

const rule = z.object({
  if: z.object({ properties: z.object({ protocol: z.object({ const: z.string() }) }) }),
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word.
  then: z.object({
    properties: z.object({
      kind: z.object({ const: z.string() }),
      facts: z.object({ required: z.array(z.string()), additionalProperties: z.literal(false) }),
    }),
  }),
});

test('an editor knows the facts of each protocol, timing among them', () => {
  const text = editorSchemas().find(({ file }) => file.endsWith('accessory.schema.json'))?.text ?? '{}';
  const { allOf } = z.object({ allOf: z.array(rule) }).parse(JSON.parse(text));
  expect(allOf.map((each) => each.if.properties.protocol.const)).toEqual(Object.keys(protocols));
  for (const { if: rule, then } of allOf) {
    // Lines of a chip that are watched and held: nothing is asked, and nothing has to be waited for.
    if (rule.properties.protocol.const === 'gpio') continue;
    expect(then.properties.facts.required).toContain('timing');
  }
  const kinds = allOf.map(({ then }) => then.properties.kind.const);
  expect(kinds).toEqual(Object.values(protocols).map(({ kind }) => kind));
});
