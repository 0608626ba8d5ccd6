import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Channel, channelNames, parsePayload } from './channels.ts';
import { PROTOCOL_VERSION } from './version.ts';

/**
 * Golden fixtures: one message of every channel for each protocol version, `<channel>-v<version>.json`. They are never
 * edited: a terminal in the field still sends, and still expects, what they hold.
 */
const folder = new URL('./fixtures/', import.meta.url);
const allChannels: Channel[] = [...channelNames('up'), ...channelNames('down')];
const fixtures = readdirSync(folder).map((file) => {
  const [, channel, version] = /^(\w+)-v(\d+)\.json$/.exec(file) ?? [];
  return { file, channel: allChannels.find((name) => name === channel), version: Number(version) };
});

test.each(allChannels)('%s has a fixture of the present protocol version', (channel) => {
  expect(fixtures).toContainEqual({ file: `${channel}-v${PROTOCOL_VERSION}.json`, channel, version: PROTOCOL_VERSION });
});

test.each(fixtures)('$file parses and loses nothing', ({ file, channel, version }) => {
  const bytes = readFileSync(new URL(file, folder));
  if (channel === undefined) throw new Error(`${file} names no channel`);
  const parsed = parsePayload(channel, bytes);
  if (!parsed.ok) throw new Error(parsed.fault);
  const golden = JSON.parse(bytes.toString('utf8'));
  // What a later version added comes with its default.
  if (version === PROTOCOL_VERSION) expect(parsed.message).toEqual(golden);
  else expect(parsed.message).toMatchObject(golden);
  expect(parsed.message.v).toBe(version);
});
