import { expect, it } from 'vitest';
import type { ConnectionEvents } from '../ports/connection.ts';
import { createTelnetFilter, openTelnet } from './telnet.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

it('refuses whatever a device wants to negotiate, and lets its words through', () => {
  const filter = createTelnetFilter();
  // Tesira’s first words: WILL ECHO, DO SUPPRESS-GO-AHEAD.
  const said = Uint8Array.of(0xff, 0xfb, 0x01, 0xff, 0xfd, 0x03, ...Buffer.from('Welcome'), 0xff, 0xff);
  const { words, answer } = filter.push(said);
  expect(Buffer.from(words).toString('latin1')).toBe('Welcome\u00ff');
  expect(hex(answer)).toBe('fffe01fffc03');
});

it('understands commands in pieces, and skips what is between the ends of a subnegotiation', () => {
  const filter = createTelnetFilter();
  const pieces = [[0x41, 0xff], [0xfd], [0x18, 0xff, 0xfa, 0x18], [0x01, 0xff, 0xf0, 0x42], [0xff, 0xf1, 0x43]];
  const heard = pieces.map((piece) => filter.push(Uint8Array.from(piece)));
  expect(heard.map(({ words }) => Buffer.from(words).toString()).join('')).toBe('ABC');
  expect(heard.map(({ answer }) => hex(answer)).join('')).toBe('fffc18');
});

it('answers also what came before the connection was handed over, and doubles a byte 255', async () => {
  const sent: string[] = [];
  const heard: string[] = [];
  const open = openTelnet(async ({ onBytes }: ConnectionEvents) => {
    onBytes(Uint8Array.of(0xff, 0xfd, 0x01, 0x21));
    return {
      send: async (bytes) => {
        sent.push(hex(bytes));
      },
    };
  });
  const events = { onBytes: (bytes: Uint8Array) => void heard.push(hex(bytes)), onEnd: () => undefined };
  const connection = await open(events, { signal: new AbortController().signal });
  await connection.send(Uint8Array.of(0x41, 0xff));
  expect(sent).toEqual(['fffc01', '41ffff']);
  expect(heard).toEqual(['21']);
});
