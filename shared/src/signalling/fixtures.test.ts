import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { clientMessage, serverMessage } from './messages.ts';

/**
 * Golden fixtures of signalling messages that a protocol version changed, `<from>-<type>-v<version>.json`. They are never
 * edited: terminals in the field, and pages that stay open, still say and expect what they hold.
 */
const folder = new URL('./fixtures/', import.meta.url);
const schemas = { client: clientMessage, server: serverMessage };
const fixtures = readdirSync(folder).map((file) => {
  const [, from, type, version] = /^(client|server)-(\w+)-v(\d+)\.json$/.exec(file) ?? [];
  return { file, from, type, version: Number(version) };
});

test.each(fixtures)('$file parses and loses nothing', ({ file, from, type, version }) => {
  if (from !== 'client' && from !== 'server') throw new Error(`${file} names no message`);
  const golden = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  const parsed = schemas[from].parse(golden);
  expect(parsed.type).toBe(type);
  // What a later version added comes with its default.
  if (version === PROTOCOL_VERSION) expect(parsed).toEqual(golden);
  else expect(parsed).toMatchObject(golden);
});

test('what an older version says nothing of is not known', () => {
  const old = JSON.parse(readFileSync(new URL('server-roster-v2.json', folder), 'utf8'));
  expect(serverMessage.parse(old)).toMatchObject({ changed: [{ networkTrouble: null }] });
});
