/**
 * What a USB camera tells of itself when it is plugged in (USB 2.0, 9.6; USB Video Class 1.0, 3.7 and 3.9): a camera
 * terminal that can pan, tilt and zoom, and one small picture format, as there is no camera without one.
 */
export const cameraTerminal = 1;
const outputTerminal = 2;
const videoControl = 0;
export const videoStreaming = 1;

const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
/** Each begins with its own length. */
const descriptor = (...rest: number[]) => [rest.length + 1, ...rest];

const picture = { width: 320, height: 180, perSecond: 15 };
export const pictureBytes = picture.width * picture.height * 2;
/** In units of 100 ns. */
export const frameInterval = 10_000_000 / picture.perSecond;

/** The camera terminal's controls by their bits (3.7.2.3). */
const controlBits = { zoomAbsolute: 9, zoomRelative: 10, panTiltAbsolute: 11, panTiltRelative: 12 };
const bitmap = Object.values(controlBits).reduce((bits, bit) => bits | (1 << bit), 0);

const unitDescriptors = [
  descriptor(
    0x24,
    0x02,
    cameraTerminal,
    ...u16(0x0201),
    0,
    0,
    ...u16(0),
    ...u16(0),
    ...u16(0),
    3,
    ...u32(bitmap).slice(0, 3),
  ),
  descriptor(0x24, 0x03, outputTerminal, ...u16(0x0101), 0, cameraTerminal, 0),
].flat();
const controlHeaderLength = 13;
const controlHeader = descriptor(
  ...[0x24, 0x01, ...u16(0x0100), ...u16(controlHeaderLength + unitDescriptors.length), ...u32(48_000_000)],
  ...[1, videoStreaming],
);

const bulkIn = 0x81;
/** `YUY2` as a GUID. */
const yuy2 = [0x59, 0x55, 0x59, 0x32, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
const bitRate = pictureBytes * 8 * picture.perSecond;
const formatDescriptors = [
  descriptor(0x24, 0x04, 1, 1, ...yuy2, 16, 1, 0, 0, 0, 0),
  descriptor(
    ...[0x24, 0x05, 1, 0, ...u16(picture.width), ...u16(picture.height), ...u32(bitRate), ...u32(bitRate)],
    ...[...u32(pictureBytes), ...u32(Math.round(frameInterval)), 1, ...u32(Math.round(frameInterval))],
  ),
].flat();
const inputHeaderLength = 14;
const inputHeader = descriptor(
  ...[0x24, 0x01, 1, ...u16(inputHeaderLength + formatDescriptors.length), bulkIn, 0, outputTerminal, 0, 0, 0, 1, 0],
);

const interfaces = [
  descriptor(0x0b, videoControl, 2, 0x0e, 0x03, 0, 0),
  ...[descriptor(0x04, videoControl, 0, 0, 0x0e, 0x01, 0, 0), controlHeader, unitDescriptors],
  ...[descriptor(0x04, videoStreaming, 0, 1, 0x0e, 0x02, 0, 0), inputHeader, formatDescriptors],
  descriptor(0x05, bulkIn, 0x02, ...u16(512), 0),
].flat();

const configurationLength = 9;
export const configuration = [
  ...descriptor(0x02, ...u16(configurationLength + interfaces.length), 2, 1, 0, 0x80, 50),
  ...interfaces,
];

const productString = 1;
export const device = descriptor(
  ...[0x01, ...u16(0x0200), 0xef, 0x02, 0x01, 64, ...u16(0x1d6b), ...u16(0x0102), ...u16(0x0100)],
  ...[0, productString, 0, 1],
);

export const product = 'Rig Camera';
const american = u16(0x0409);
export const strings = new Map([
  [0, descriptor(0x03, ...american)],
  [productString, descriptor(0x03, ...Buffer.from(product, 'utf16le'))],
]);
