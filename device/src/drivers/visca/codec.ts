import { z } from 'zod';
import type { CameraCommand } from '../../ports/camera.ts';
import { driverTiming } from '../../ports/device.ts';
import { terminator } from './frames.ts';

/**
 * Commands and inquiries as bytes, and answers as values (Sony VISCA command list; facts of a model come from its profile).
 * Everything here is pure; only this file knows what a degree or a zoom of 0.5 is to a camera.
 */
const range = z.strictObject({ least: z.number(), most: z.number() });

export const viscaFacts = z.strictObject({
  /** 1 to 7; over IP always 1. */
  address: z.int().min(1).max(7),
  /** Highest speeds that the model takes; 1 to 0x18 and 1 to 0x17 with Sony. */
  fastestPan: z.int().min(1).max(0x7f),
  fastestTilt: z.int().min(1).max(0x7f),
  /** Highest zoom speed, 0 to 7. */
  fastestZoom: z.int().min(0).max(7),
  /** Zoom position at full tele, 0x4000 with most. */
  zoomTele: z.int().min(1).max(0xffff),
  /** Position units in one degree. */
  unitsPerDegree: z.number().gt(0),
  panDeg: range,
  tiltDeg: range,
  presets: z.int().min(0).max(255),
  /** `separate`: a speed each for pan and tilt in an absolute move; `common`: one, then 00 (SRG-X40 and later). */
  moveSpeeds: z.enum(['separate', 'common']),
  /** Nibbles of a pan position; 5 with BRC and FR7. */
  panNibbles: z.union([z.literal(4), z.literal(5)]),
  timing: driverTiming,
});
export type ViscaFacts = z.infer<typeof viscaFacts>;

const frame = (address: number, ...body: number[]): Uint8Array => Uint8Array.of(0x80 | address, ...body, terminator);

/** `value` as big-endian nibbles, two's complement when negative. */
function nibbles(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (value >> (4 * (count - 1 - index))) & 0x0f);
}

function fromNibbles(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 16 + (byte & 0x0f), 0);
}

function signedFromNibbles(bytes: Uint8Array): number {
  const value = fromNibbles(bytes);
  const span = 16 ** bytes.length;
  return value >= span / 2 ? value - span : value;
}

/** 1 to `fastest` for any speed but 0. */
function stepOf(speed: number, fastest: number): number {
  return Math.max(1, Math.round(Math.min(1, Math.abs(speed)) * fastest));
}

const directionOf = (speed: number, ahead: number, back: number) => (speed === 0 ? 0x03 : speed > 0 ? ahead : back);

const clamp = (value: number, { least, most }: { least: number; most: number }) =>
  Math.min(most, Math.max(least, value));

/** The bytes of `command`; `stop` is two frames, because pan-tilt and zoom are stopped apart. */
export function encodeCommand(command: CameraCommand, facts: ViscaFacts): Uint8Array[] {
  const { address } = facts;
  const one = (...body: number[]) => [frame(address, 0x01, ...body)];
  switch (command.kind) {
    case 'setPower':
      return one(0x04, 0x00, command.isOn ? 0x02 : 0x03);
    case 'move': {
      const { panSpeed, tiltSpeed } = command;
      const speeds = [stepOf(panSpeed, facts.fastestPan), stepOf(tiltSpeed, facts.fastestTilt)];
      return one(0x06, 0x01, ...speeds, directionOf(panSpeed, 0x02, 0x01), directionOf(tiltSpeed, 0x01, 0x02));
    }
    case 'zoom': {
      const { zoomSpeed } = command;
      const step = Math.round(Math.min(1, Math.abs(zoomSpeed)) * facts.fastestZoom);
      return one(0x04, 0x07, zoomSpeed === 0 ? 0x00 : (zoomSpeed > 0 ? 0x20 : 0x30) | step);
    }
    case 'stop':
      return [
        frame(address, 0x01, 0x06, 0x01, facts.fastestPan, facts.fastestTilt, 0x03, 0x03),
        frame(address, 0x01, 0x04, 0x07, 0x00),
      ];
    case 'moveTo': {
      const pan = Math.round(clamp(command.panDeg, facts.panDeg) * facts.unitsPerDegree);
      const tilt = Math.round(clamp(command.tiltDeg, facts.tiltDeg) * facts.unitsPerDegree);
      const speeds = facts.moveSpeeds === 'common' ? [facts.fastestPan, 0x00] : [facts.fastestPan, facts.fastestTilt];
      return one(0x06, 0x02, ...speeds, ...nibbles(pan, facts.panNibbles), ...nibbles(tilt, 4));
    }
    case 'zoomTo':
      return one(0x04, 0x47, ...nibbles(Math.round(clamp(command.zoom, { least: 0, most: 1 }) * facts.zoomTele), 4));
    case 'home':
      return one(0x06, 0x04);
    case 'setPreset':
      return one(0x04, 0x3f, 0x01, command.preset - 1);
    case 'recallPreset':
      return one(0x04, 0x3f, 0x02, command.preset - 1);
    case 'setFocus':
      return one(0x04, 0x38, command.focus === 'auto' ? 0x02 : 0x03);
  }
}

/** Ends all that is under way in the camera, and empties its sockets. */
export const encodeClear = ({ address }: Pick<ViscaFacts, 'address'>): Uint8Array => frame(address, 0x01, 0x00, 0x01);

export const inquiries = ['version', 'power', 'position', 'zoom'] as const;
export type Inquiry = (typeof inquiries)[number];

const inquiryBodies: Readonly<Record<Inquiry, readonly number[]>> = {
  version: [0x00, 0x02],
  power: [0x04, 0x00],
  position: [0x06, 0x12],
  zoom: [0x04, 0x47],
};

export function encodeInquiry(inquiry: Inquiry, { address }: Pick<ViscaFacts, 'address'>): Uint8Array {
  return frame(address, 0x09, ...inquiryBodies[inquiry]);
}

export type Answer =
  | { of: 'version'; vendor: number; model: number; rom: number }
  | { of: 'power'; isOn: boolean }
  | { of: 'position'; panDeg: number; tiltDeg: number }
  | { of: 'zoom'; zoom: number };

/** What the data of an answer says to `inquiry`; null when it does not answer that. */
export function decodeAnswer(inquiry: Inquiry, data: Uint8Array, facts: ViscaFacts): Answer | null {
  switch (inquiry) {
    case 'version': {
      if (data.length !== 7) return null;
      const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
      return { of: 'version', vendor: view.getUint16(0), model: view.getUint16(2), rom: view.getUint16(4) };
    }
    case 'power':
      if (data.length !== 1 || (data[0] !== 0x02 && data[0] !== 0x03)) return null;
      return { of: 'power', isOn: data[0] === 0x02 };
    case 'position': {
      if (data.length !== facts.panNibbles + 4 || !isNibbles(data)) return null;
      const pan = signedFromNibbles(data.subarray(0, facts.panNibbles));
      const tilt = signedFromNibbles(data.subarray(facts.panNibbles));
      return { of: 'position', panDeg: pan / facts.unitsPerDegree, tiltDeg: tilt / facts.unitsPerDegree };
    }
    case 'zoom':
      if (data.length !== 4 || !isNibbles(data)) return null;
      // Positions beyond full tele are the digital zoom.
      return { of: 'zoom', zoom: Math.min(1, fromNibbles(data) / facts.zoomTele) };
  }
}

const isNibbles = (data: Uint8Array) => data.every((byte) => byte <= 0x0f);
