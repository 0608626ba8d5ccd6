import { expect, test } from 'vitest';
import { newId } from '../ids.ts';
import {
  channelNames,
  downTopics,
  maxPayloadBytes,
  parsePayload,
  parseTopic,
  topicOf,
  upTopicFilters,
} from './channels.ts';
import { compareVersions } from './envelope.ts';

const terminal = newId('terminal');
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

test('a topic survives being parsed', () => {
  expect(parseTopic(topicOf(terminal, 'hello'))).toEqual({ terminal, channel: 'hello' });
});

test.each([
  'anteroom/v1/t/term_1/hello',
  `anteroom/v1/t/${terminal}/nothing`,
  `anteroom/v1/t/${terminal}/toString`,
  `anteroom/v1/t/${terminal}`,
  `anteroom/v1/t/${terminal}/hello/more`,
  `anteroom/v2/t/${terminal}/hello`,
  '+/+/+/+/+',
  '',
])('%j is no topic of ours', (topic) => {
  expect(parseTopic(topic)).toBeNull();
});

test('a terminal subscribes to its own down channels, one by one', () => {
  const topics = downTopics(terminal);
  expect(topics).toHaveLength(channelNames('down').length);
  for (const topic of topics) expect(topic).not.toMatch(/[+#]/);
  expect(upTopicFilters).not.toContain('anteroom/v1/t/+/command');
});

test.each([
  ['not JSON', '{', 'not JSON in UTF-8'],
  ['not UTF-8', new Uint8Array([0xff, 0xfe]), 'not JSON in UTF-8'],
  ['a wrong type', { v: 1, id: newId('message'), at: '2026-01-01T00:00:00.000Z', ids: 'all' }, 'invalid_type at ids'],
  ['null', null, 'invalid_type at '],
  ['too large', new Uint8Array(maxPayloadBytes + 1), `larger than ${maxPayloadBytes} bytes`],
])('a payload that is %s is a fault without its content', (_name, payload, fault) => {
  expect(parsePayload('ack', payload instanceof Uint8Array ? payload : bytes(payload))).toEqual({ ok: false, fault });
});

test('unknown keys are ignored, so that an older side understands a newer one', () => {
  const message = { v: 2, id: newId('message'), at: '2026-01-01T00:00:00.000Z', ids: [newId('message')], later: true };
  expect(parsePayload('ack', bytes(message)).ok).toBe(true);
});

test('a higher epoch is newer whatever its number', () => {
  expect(compareVersions({ epoch: 2, n: 1 }, { epoch: 1, n: 900 })).toBeGreaterThan(0);
  expect(compareVersions({ epoch: 1, n: 1 }, { epoch: 1, n: 2 })).toBeLessThan(0);
  expect(compareVersions({ epoch: 1, n: 2 }, { epoch: 1, n: 2 })).toBe(0);
});
