import { maxFrameBytes } from '@anteroom/shared/signalling/messages.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorMessage, parseFrame } from './frames.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ['not JSON', bytes('{'), false, 'body_malformed'],
  ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), false, 'body_malformed'],
  ['binary', bytes('{"type":"leave"}'), true, 'request_invalid'],
  ['an unknown type', bytes('{"type":"dance"}'), false, 'request_invalid'],
  ['a missing field', bytes('{"type":"answer","revision":1}'), false, 'request_invalid'],
  ['a wrong type', bytes('{"type":"media","media":{"isMicrophoneOn":1,"isCameraOn":true}}'), false, 'request_invalid'],
  [
    'an over-long ticket',
    bytes(JSON.stringify({ type: 'join', v: 1, ticket: 'x'.repeat(5_000) })),
    false,
    'request_invalid',
  ],
  ['null', bytes('null'), false, 'request_invalid'],
  ['too large', bytes(`"${'x'.repeat(maxFrameBytes)}"`), false, 'body_too_large'],
])('%s is a fault', (_what, frame, isBinary, code) => {
  const parsed = parseFrame(frame, isBinary);
  expect(parsed).toMatchObject({ ok: false, fault: { code } });
});

test('a message of the contract is understood, and keys of a later version are left out', () => {
  expect(parseFrame(bytes('{"type":"leave","because":"later"}'), false)).toEqual({
    ok: true,
    message: { type: 'leave' },
  });
});

test('any bytes are either a message or a fault', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (frame) => typeof parseFrame(frame, false).ok === 'boolean'),
  );
  fc.assert(fc.property(fc.json(), (text) => typeof parseFrame(bytes(text), false).ok === 'boolean'));
});

test('a fault says what to do, without what was sent', () => {
  const parsed = parseFrame(bytes('{"type":"join","v":1,"ticket":7,"secret":"do not log"}'), false);
  if (parsed.ok) throw new Error('a ticket that is a number was taken');
  const message = errorMessage(parsed.fault);
  expect(message).toMatchObject({ type: 'error', code: 'request_invalid' });
  expect(JSON.stringify(message)).toContain('ticket');
  expect(JSON.stringify(message)).not.toContain('do not log');
});
