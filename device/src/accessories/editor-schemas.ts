import { join } from 'node:path';
import { accessoryProfile } from '@anteroom/shared/profile/accessory.ts';
import { installation } from '@anteroom/shared/profile/installation.ts';
import { hardwareProfile } from '@anteroom/shared/profile/schema.ts';
import { z } from 'zod';
import { protocols } from '../drivers/registry.ts';
import { profilesFolder } from './profile-files.ts';

/**
 * JSON Schemas of the two kinds of profile and of an installation, for editors that know YAML: they complete names and mark
 * what is wrong while a person writes. They say less than lint does, which also knows sources.
 */
export type EditorSchema = { file: string; text: string };

type JsonSchema = Record<string, unknown>;

/** What the files beside the profiles have to hold. Pure. */
export function editorSchemas(): EditorSchema[] {
  return [
    { file: join(profilesFolder, 'accessory.schema.json'), text: textOf(accessorySchema()) },
    { file: join(profilesFolder, 'terminal.schema.json'), text: textOf(z.toJSONSchema(hardwareProfile)) },
    {
      file: join(profilesFolder, 'installation.schema.json'),
      // What has a default need not be written.
      text: textOf(z.toJSONSchema(installation, { io: 'input' })),
    },
  ];
}

const textOf = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;

/** The kind, the lines and the facts are those of the protocol that the profile names. */
function accessorySchema(): JsonSchema {
  const { properties, ...schema } = z.toJSONSchema(accessoryProfile);
  return {
    ...schema,
    properties: { ...properties, protocol: { type: 'string', enum: Object.keys(protocols) } },
    allOf: Object.entries(protocols).map(([name, { kind, transports, facts }]) => ({
      if: { properties: { protocol: { const: name } }, required: ['protocol'] },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word.
      then: {
        properties: {
          kind: { const: kind },
          lines: { items: { properties: { transport: { enum: [...transports] } } } },
          facts: bare(z.toJSONSchema(facts)),
        },
      },
    })),
  };
}

/** Without what only the outermost schema says. */
function bare({ $schema: _dialect, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
