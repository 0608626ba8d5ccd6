import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeStream } from '../testing/stream-conformance.ts';
import {
  createPacketDecoder,
  createSerialDecoder,
  parseReply,
  resetSequence,
  type ViscaReply,
  withHeader,
} from './frames.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('a reply', () => {
  it.each<[string, ViscaReply | null]>([
    ['90 41 ff', { is: 'ack', socket: 1, sequence: 7 }],
    ['90 52 ff', { is: 'completion', socket: 2, sequence: 7 }],
    ['90 50 02 ff', { is: 'answer', data: Uint8Array.of(2), sequence: 7 }],
    // obs-ptz d007569, of cameras that its users have.
    ['90 51 02 ff', { is: 'answer', data: Uint8Array.of(2), sequence: 7 }],
    ['90 60 02 ff', { is: 'error', socket: 0, code: 2, sequence: 7 }],
    ['90 61 41 ff', { is: 'error', socket: 1, code: 0x41, sequence: 7 }],
    ['90 38 ff', { is: 'networkChange' }],
    ['a0 41 ff', null],
    ['90 ff', null],
    ['90 41 00 ff', null],
    ['90 71 ff', null],
    ['90 41 41', null],
    ['90 50 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ff', null],
  ])('%s', (text, expected) => {
    expect(parseReply(bytes(text), 1, 7)).toEqual(expected);
  });
});

const reply = fc.oneof(
  fc.integer({ min: 1, max: 2 }).map((socket) => Uint8Array.of(0x90, 0x40 | socket, 0xff)),
  fc.integer({ min: 0, max: 2 }).map((socket) => Uint8Array.of(0x90, 0x50 | socket, 0xff)),
  fc
    .array(fc.integer({ min: 0, max: 0x7f }), { minLength: 1, maxLength: 13 })
    .map((data) => Uint8Array.of(0x90, 0x50, ...data, 0xff)),
  fc.constantFrom(2, 3, 4, 5, 0x41).map((code) => Uint8Array.of(0x90, 0x61, code, 0xff)),
);

describeStream({
  name: 'VISCA on a serial line',
  createDecoder: () => createSerialDecoder(1),
  frames: reply,
  noise: fc.uint8Array({ maxLength: 20 }).map((all) => all.filter((byte) => byte !== 0x90 && byte !== 0xff)),
});
describeStream({
  name: 'VISCA behind Sony’s header',
  createDecoder: () => createPacketDecoder(1),
  frames: reply.map((payload) => withHeader('command', 7, payload)),
  noise: fc.constant(new Uint8Array()),
  isPackets: true,
});

describe('over IP', () => {
  it('each packet bears Sony’s header', () => {
    expect(Buffer.from(withHeader('command', 1, bytes('81 01 04 00 02 ff'))).toString('hex')).toBe(
      '010000060000000181010400' + '02ff',
    );
    expect(Buffer.from(withHeader('control', 0, resetSequence)).toString('hex')).toBe('020000010000000001');
  });

  it.each<[string, ViscaReply[]]>([
    ['01 11 00 03 00 00 00 09 90 41 ff', [{ is: 'ack', socket: 1, sequence: 9 }]],
    // Not Sony’s: everything has a command’s type.
    ['01 00 00 03 00 00 00 09 90 51 ff', [{ is: 'completion', socket: 1, sequence: 9 }]],
    ['02 01 00 01 00 00 00 00 01', [{ is: 'control', sequence: 0 }]],
    ['02 00 00 02 00 00 00 09 0f 01', [{ is: 'sequenceError' }]],
    ['90 41 ff', []],
    ['01 11 00 03 00 00 00 09', []],
  ])('%s', (packet, expected) => {
    expect(createPacketDecoder(1).push(bytes(packet))).toEqual(expected);
  });
});
