import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CameraCommand } from '../../ports/camera.ts';
import { decodeAnswer, encodeClear, encodeCommand, encodeInquiry, inquiries, type ViscaFacts } from './codec.ts';
import { longestFrame, terminator } from './frames.ts';

const facts: ViscaFacts = {
  ...{ address: 1, fastestPan: 0x18, fastestTilt: 0x17, fastestZoom: 7, zoomTele: 0x4000, unitsPerDegree: 14.4 },
  ...{ panDeg: { least: -170, most: 170 }, tiltDeg: { least: -30, most: 90 }, presets: 16 },
  ...{ moveSpeeds: 'separate', panNibbles: 4 },
  timing: { answerWithinMs: 2_000, askEveryMs: 15_000 },
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').replace(/../g, '$& ').trim();
const bytesOf = (command: CameraCommand, of = facts) => encodeCommand(command, of).map(hex);
const data = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('commands', () => {
  // Bytes of the Sony SRG-X40UH command list.
  it.each<[CameraCommand, string[]]>([
    [{ kind: 'setPower', isOn: true }, ['81 01 04 00 02 ff']],
    [{ kind: 'setPower', isOn: false }, ['81 01 04 00 03 ff']],
    [{ kind: 'move', panSpeed: 1, tiltSpeed: 0 }, ['81 01 06 01 18 01 02 03 ff']],
    [{ kind: 'move', panSpeed: -0.5, tiltSpeed: 0.5 }, ['81 01 06 01 0c 0c 01 01 ff']],
    [{ kind: 'move', panSpeed: 0, tiltSpeed: -0.01 }, ['81 01 06 01 01 01 03 02 ff']],
    [{ kind: 'zoom', zoomSpeed: 1 }, ['81 01 04 07 27 ff']],
    [{ kind: 'zoom', zoomSpeed: -0.1 }, ['81 01 04 07 31 ff']],
    [{ kind: 'zoom', zoomSpeed: 0 }, ['81 01 04 07 00 ff']],
    [{ kind: 'stop' }, ['81 01 06 01 18 17 03 03 ff', '81 01 04 07 00 ff']],
    [{ kind: 'moveTo', panDeg: 10, tiltDeg: -10 }, ['81 01 06 02 18 17 00 00 09 00 0f 0f 07 00 ff']],
    [{ kind: 'moveTo', panDeg: 400, tiltDeg: 0 }, ['81 01 06 02 18 17 00 09 09 00 00 00 00 00 ff']],
    [{ kind: 'zoomTo', zoom: 0.5 }, ['81 01 04 47 02 00 00 00 ff']],
    [{ kind: 'home' }, ['81 01 06 04 ff']],
    [{ kind: 'setPreset', preset: 1 }, ['81 01 04 3f 01 00 ff']],
    [{ kind: 'recallPreset', preset: 16 }, ['81 01 04 3f 02 0f ff']],
    [{ kind: 'setFocus', focus: 'auto' }, ['81 01 04 38 02 ff']],
    [{ kind: 'setFocus', focus: 'manual' }, ['81 01 04 38 03 ff']],
  ])('%j', (command, expected) => {
    expect(bytesOf(command)).toEqual(expected);
  });

  it('go to the camera of the address, in the forms of the model', () => {
    const other: ViscaFacts = { ...facts, address: 3, moveSpeeds: 'common', panNibbles: 5 };
    expect(bytesOf({ kind: 'moveTo', panDeg: -1, tiltDeg: 0 }, other)).toEqual([
      '83 01 06 02 18 00 0f 0f 0f 0f 02 00 00 00 00 ff',
    ]);
    expect(hex(encodeClear(other))).toBe('83 01 00 01 ff');
    expect(hex(encodeInquiry('zoom', other))).toBe('83 09 04 47 ff');
  });

  it('are frames whatever is asked: one terminator, its own length, bytes below 0x80', () => {
    const speed = fc.double({ min: -1, max: 1, noNaN: true });
    const wide = fc.double({ min: -1000, max: 1000, noNaN: true });
    const command = fc.oneof<fc.Arbitrary<CameraCommand>[]>(
      fc.record({ kind: fc.constant('move'), panSpeed: speed, tiltSpeed: speed }),
      fc.record({ kind: fc.constant('zoom'), zoomSpeed: speed }),
      fc.record({ kind: fc.constant('moveTo'), panDeg: wide, tiltDeg: wide }),
      fc.record({ kind: fc.constant('zoomTo'), zoom: wide }),
    );
    fc.assert(
      fc.property(command, (asked) => {
        for (const bytes of encodeCommand(asked, facts)) {
          expect(bytes.length).toBeLessThanOrEqual(longestFrame);
          expect(bytes.at(-1)).toBe(terminator);
          expect([...bytes.subarray(1, -1)].every((byte) => byte < 0x80)).toBe(true);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('answers', () => {
  it.each([
    ['version', '00 01 05 19 01 23 02', { of: 'version', vendor: 1, model: 0x519, rom: 0x123 }],
    ['power', '02', { of: 'power', isOn: true }],
    ['power', '03', { of: 'power', isOn: false }],
    ['position', '00 00 09 00 0f 0f 07 00', { of: 'position', panDeg: 10, tiltDeg: -10 }],
    ['zoom', '02 00 00 00', { of: 'zoom', zoom: 0.5 }],
    ['zoom', '06 00 00 00', { of: 'zoom', zoom: 1 }],
  ] as const)('%s %s', (inquiry, bytes, expected) => {
    expect(decodeAnswer(inquiry, data(bytes), facts)).toEqual(expected);
  });

  it.each([
    ['power', '04'],
    ['power', '02 02'],
    ['zoom', '12 00 00 00'],
    ['zoom', '01 00 00'],
    ['position', '00 00 09 00'],
    ['version', '00 01 05 19'],
  ] as const)('an answer that does not fit is none: %s %s', (inquiry, bytes) => {
    expect(decodeAnswer(inquiry, data(bytes), facts)).toBeNull();
  });

  it('come back as the position that was asked for, to the nearest unit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -170, max: 170, noNaN: true }),
        fc.double({ min: -30, max: 90, noNaN: true }),
        (panDeg, tiltDeg) => {
          const [bytes = new Uint8Array()] = encodeCommand({ kind: 'moveTo', panDeg, tiltDeg }, facts);
          const answer = decodeAnswer('position', bytes.slice(6, -1), facts);
          if (answer?.of !== 'position') throw new Error('not a position');
          expect(Math.abs(answer.panDeg - panDeg)).toBeLessThanOrEqual(0.5 / facts.unitsPerDegree + 1e-9);
          expect(Math.abs(answer.tiltDeg - tiltDeg)).toBeLessThanOrEqual(0.5 / facts.unitsPerDegree + 1e-9);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('are never thrown at', () => {
    fc.assert(
      fc.property(fc.constantFrom(...inquiries), fc.uint8Array({ maxLength: 16 }), (inquiry, bytes) => {
        decodeAnswer(inquiry, bytes, facts);
      }),
      { numRuns: 10_000 },
    );
  });
});
