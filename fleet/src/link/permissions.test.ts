import { newId } from '@anteroom/shared/ids.ts';
import { channelNames, topicOf } from '@anteroom/shared/protocol/channels.ts';
import { expect, test } from 'vitest';
import { maySubscribe, permitPublish, refuseConnect } from './permissions.ts';

const self = newId('terminal');
const other = newId('terminal');
const connect = { clientId: self, username: undefined, will: undefined };

test.each(channelNames('up'))(
  'a terminal publishes on its own %s and nobody else’s, and does not listen there',
  (channel) => {
    const packet = { topic: topicOf(self, channel), retain: false, qos: 1 };
    expect(permitPublish(self, packet)).toEqual({ ok: true, channel });
    expect(permitPublish(self, { ...packet, topic: topicOf(other, channel) }).ok).toBe(false);
    expect(permitPublish(self, { ...packet, retain: true }).ok).toBe(false);
    expect(permitPublish(self, { ...packet, qos: 2 }).ok).toBe(false);
    expect(maySubscribe(self, packet.topic)).toBe(false);
  },
);

test.each(channelNames('down'))(
  'a terminal listens on its own %s and nobody else’s, and does not publish there',
  (channel) => {
    const topic = topicOf(self, channel);
    expect(maySubscribe(self, topic)).toBe(true);
    expect(maySubscribe(self, topicOf(other, channel))).toBe(false);
    expect(permitPublish(self, { topic, retain: false, qos: 1 }).ok).toBe(false);
  },
);

test.each(['#', '+', `anteroom/v1/t/${self}/#`, `anteroom/v1/t/${self}/+`, `$share/g/${topicOf(self, 'command')}`, ''])(
  'the filter %j is never granted',
  (filter) => expect(maySubscribe(self, filter)).toBe(false),
);

test('client id and user name are the identity', () => {
  expect(refuseConnect(self, connect)).toBeNull();
  expect(refuseConnect(self, { ...connect, username: self })).toBeNull();
  expect(refuseConnect(self, { ...connect, clientId: other })?.returnCode).toBe(2);
  expect(refuseConnect(self, { ...connect, clientId: '' })?.returnCode).toBe(2);
  expect(refuseConnect(self, { ...connect, username: other })?.returnCode).toBe(4);
});

test('a will is for the own gone topic', () => {
  const will = { topic: topicOf(self, 'gone'), retain: false, qos: 1 };
  expect(refuseConnect(self, { ...connect, will })).toBeNull();
  for (const wrong of [
    { topic: topicOf(other, 'gone') },
    { topic: topicOf(self, 'event') },
    { retain: true },
    { qos: 2 },
  ])
    expect(refuseConnect(self, { ...connect, will: { ...will, ...wrong } })?.returnCode).toBe(5);
});
