import {
  cameraTerminal,
  configuration,
  device,
  frameInterval,
  pictureBytes,
  strings,
} from './usb-camera-descriptors.ts';
import type { ControlRequest, UsbDevice } from './usb-socket.ts';

/** Where the camera looks, in its own units: arc seconds, and steps of zoom. Relative controls hold a speed. */
export type CameraControls = {
  panTiltAbsolute: [pan: number, tilt: number];
  zoomAbsolute: [zoom: number];
  /** Direction and speed, each way. */
  panTiltRelative: [pan: number, panSpeed: number, tilt: number, tiltSpeed: number];
  zoomRelative: [zoom: number, isDigital: number, speed: number];
};

type Control = {
  name: keyof CameraControls;
  sizes: readonly number[];
  least: number[];
  most: number[];
  step: number[];
};

/** By selector (USB Video Class 1.0, 4.2.2.1.11 to 14). */
const controls: Readonly<Record<number, Control>> = {
  11: { name: 'zoomAbsolute', sizes: [2], least: [100], most: [500], step: [1] },
  12: { name: 'zoomRelative', sizes: [1, 1, 1], least: [0, 0, 1], most: [0, 0, 3], step: [0, 0, 1] },
  13: {
    ...{ name: 'panTiltAbsolute', sizes: [4, 4] },
    ...{ least: [-522_000, -324_000], most: [522_000, 324_000], step: [3_600, 3_600] },
  },
  14: {
    ...{ name: 'panTiltRelative', sizes: [1, 1, 1, 1] },
    ...{ least: [0, 1, 0, 1], most: [0, 7, 0, 7], step: [0, 1, 0, 1] },
  },
};

const [getDescriptor, setCur, getCur, getMin, getMax, getRes, getLen, getInfo, getDef] = [
  0x06, 0x01, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87,
];
const isClassRequest = (type: number) => (type & 0x60) === 0x20;
const isIn = (type: number) => (type & 0x80) !== 0;
const canGetAndSet = 0x03;
const requestErrorCode = 0x02;
const errorCodes = { notReady: 0x01 } as const;

const pack = (values: readonly number[], sizes: readonly number[]) =>
  values.flatMap((value, at) => Array.from({ length: sizes[at] ?? 0 }, (_, byte) => (value >> (8 * byte)) & 0xff));

function unpack(bytes: Buffer, sizes: readonly number[]): number[] {
  let at = 0;
  return sizes.map((size) => {
    const value = bytes.readIntLE(at, size);
    at += size;
    return value;
  });
}

/** A picture format that is proposed, and accepted as it is (4.3.1.1). */
const proposal = [
  ...pack([0, 1, 1, Math.round(frameInterval)], [2, 1, 1, 4]),
  ...pack([0, 0, 0, 0, 0], [2, 2, 2, 2, 2]),
];
const probe = [...proposal, ...pack([pictureBytes, 512], [4, 4])];

/** A USB camera that pans, tilts and zooms at once. */
export function createUsbCamera() {
  const held: CameraControls = {
    panTiltAbsolute: [0, 0],
    zoomAbsolute: [100],
    panTiltRelative: [0, 1, 0, 1],
    zoomRelative: [0, 0, 1],
  };
  let isBusy = false;

  function ofTerminal({ request, value, payload }: ControlRequest): readonly number[] | null {
    const control = controls[value >> 8];
    if (!control) return null;
    const { name, sizes, least, most, step } = control;
    switch (request) {
      case setCur:
        if (isBusy) return null;
        Object.assign(held, { [name]: unpack(payload, sizes) });
        return [];
      case getCur:
        return pack(held[name], sizes);
      case getMin:
        return pack(least, sizes);
      case getMax:
        return pack(most, sizes);
      case getRes:
        return pack(step, sizes);
      case getDef:
        return pack(name === 'zoomAbsolute' ? least : sizes.map(() => 0), sizes);
      case getLen:
        return pack([sizes.reduce((sum, size) => sum + size, 0)], [2]);
      case getInfo:
        return [canGetAndSet];
      default:
        return null;
    }
  }

  function ofClass(request: ControlRequest): readonly number[] | null {
    const [entity, place] = [request.index >> 8, request.index & 0xff];
    if (entity === cameraTerminal) return ofTerminal(request);
    if (entity !== 0) return null;
    if (place === 0) return request.value >> 8 === requestErrorCode ? [errorCodes.notReady] : null;
    return isIn(request.type) ? probe : [];
  }

  function ofDevice({ type, request, value }: ControlRequest): readonly number[] | null {
    if (request !== getDescriptor) return isIn(type) ? null : [];
    const [kind, number] = [value >> 8, value & 0xff];
    if (kind === 1) return device;
    if (kind === 2) return configuration;
    return kind === 3 ? (strings.get(number) ?? null) : null;
  }

  const answer: UsbDevice = (request) => (isClassRequest(request.type) ? ofClass(request) : ofDevice(request));
  return {
    ...{ answer, held },
    /** It refuses whatever is set, as one that is still on its way. */
    setBusy(now: boolean) {
      isBusy = now;
    },
  };
}
