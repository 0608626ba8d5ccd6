import { z } from 'zod';
import type { CameraCapabilities, CameraCommand } from '../../ports/camera.ts';

/**
 * Pan, tilt and zoom of a USB camera as V4L2 controls (linux/v4l2-controls.h, camera class), set and read through
 * v4l2-ctl(1). Angles are in arc seconds, 3600 to the degree; zoom is in units of the camera, between the ends that it tells.
 */
export const controls = [
  'pan_absolute',
  'tilt_absolute',
  'zoom_absolute',
  'pan_speed',
  'tilt_speed',
  'zoom_continuous',
] as const;

export const uvcFacts = z.strictObject({
  /** Those that the model has. The driver asks the camera itself; this is for its simulated device. */
  controls: z.array(z.enum(controls)).min(1),
  /** Some cameras turn right where others turn left. */
  isPanInverted: z.boolean(),
  isTiltInverted: z.boolean(),
  timing: z.strictObject({ askEveryMs: z.int().min(1_000).max(3_600_000) }),
});
export type UvcFacts = z.infer<typeof uvcFacts>;

export type UvcControl = (typeof controls)[number];
export type ControlRange = { least: number; most: number; step: number; value: number };
export type UvcControls = Partial<Record<UvcControl, ControlRange>>;

const arcSecondsPerDegree = 3_600;

/** `pan_absolute 0x009a0908 (int)    : min=-36000 max=36000 step=3600 default=0 value=0`, one control a line. */
export function parseControls(listed: string): UvcControls {
  const found: UvcControls = {};
  for (const line of listed.split('\n')) {
    const name = controls.find((each) => new RegExp(`^\\s*${each} 0x`).test(line));
    if (!name) continue;
    const number = (key: string, instead: number) =>
      Number(new RegExp(`\\b${key}=(-?\\d+)`).exec(line)?.[1] ?? instead);
    // Speeds can be written and not read: they have no value.
    const range = {
      least: number('min', 0),
      most: number('max', 0),
      step: number('step', 1) || 1,
      value: number('value', 0),
    };
    if (!isSpeed(name) || canStop(range)) found[name] = range;
  }
  return found;
}

const isSpeed = (name: UvcControl) => name === 'pan_speed' || name === 'tilt_speed' || name === 'zoom_continuous';
/**
 * uvcvideo takes the least of zoom_continuous for the slowest zoom in, and makes that of every smaller value, 0 too
 * (uvc_ctrl_get_zoom and uvc_ctrl_set of Linux 6.1): it could be begun and not be stopped.
 */
const canStop = ({ least, most }: ControlRange) => least < 0 && most > 0;

function nearest(value: number, { least, most, step }: ControlRange): number {
  const near = least + Math.round((value - least) / step) * step;
  return Math.min(most, Math.max(least, near));
}

const signs = ({ isPanInverted, isTiltInverted }: UvcFacts) => ({
  pan: isPanInverted ? -1 : 1,
  tilt: isTiltInverted ? -1 : 1,
});
/** uvcvideo turns the other way round only as slowly as the camera can: -1 to 7, not -7 to 7 (uvc_ctrl_get_rel_speed). */
const speedOf = (speed: number, { least, most }: ControlRange) =>
  speed === 0
    ? 0
    : Math.sign(speed) * Math.max(1, Math.round(Math.min(1, Math.abs(speed)) * (speed < 0 ? -least : most)));

/** What to set for a command; null when the camera has not what it takes. */
export function settingsFor(
  command: CameraCommand,
  known: UvcControls,
  facts: UvcFacts,
): Partial<Record<UvcControl, number>> | null {
  const { pan, tilt } = signs(facts);
  const { pan_absolute, tilt_absolute, zoom_absolute, pan_speed, tilt_speed, zoom_continuous } = known;
  switch (command.kind) {
    case 'moveTo':
      if (!pan_absolute || !tilt_absolute) return null;
      return {
        pan_absolute: nearest(pan * command.panDeg * arcSecondsPerDegree, pan_absolute),
        tilt_absolute: nearest(tilt * command.tiltDeg * arcSecondsPerDegree, tilt_absolute),
      };
    case 'home':
      return pan_absolute && tilt_absolute
        ? { pan_absolute: nearest(0, pan_absolute), tilt_absolute: nearest(0, tilt_absolute) }
        : null;
    case 'zoomTo':
      if (!zoom_absolute) return null;
      return {
        zoom_absolute: nearest(
          zoom_absolute.least + command.zoom * (zoom_absolute.most - zoom_absolute.least),
          zoom_absolute,
        ),
      };
    case 'move':
      if (!pan_speed || !tilt_speed) return null;
      return {
        pan_speed: speedOf(pan * command.panSpeed, pan_speed),
        tilt_speed: speedOf(tilt * command.tiltSpeed, tilt_speed),
      };
    case 'zoom':
      return zoom_continuous ? { zoom_continuous: speedOf(command.zoomSpeed, zoom_continuous) } : null;
    case 'stop':
      return {
        ...(pan_speed && tilt_speed ? { pan_speed: 0, tilt_speed: 0 } : {}),
        ...(zoom_continuous ? { zoom_continuous: 0 } : {}),
      };
    case 'setPower':
    case 'setPreset':
    case 'recallPreset':
    case 'setFocus':
      return null;
  }
}

export function positionOf(
  { pan_absolute, tilt_absolute }: UvcControls,
  facts: UvcFacts,
): { panDeg: number; tiltDeg: number } | null {
  if (!pan_absolute || !tilt_absolute) return null;
  const { pan, tilt } = signs(facts);
  // Adding 0 makes 0 of -0.
  return {
    panDeg: (pan * pan_absolute.value) / arcSecondsPerDegree + 0,
    tiltDeg: (tilt * tilt_absolute.value) / arcSecondsPerDegree + 0,
  };
}

export function zoomOf({ zoom_absolute }: UvcControls): number | null {
  if (!zoom_absolute || zoom_absolute.most === zoom_absolute.least) return null;
  return (zoom_absolute.value - zoom_absolute.least) / (zoom_absolute.most - zoom_absolute.least);
}

/** How far it turns; a camera that turns the other way round has its ends the other way round, too. */
export function reachOf(
  { pan_absolute, tilt_absolute }: UvcControls,
  facts: UvcFacts,
): Pick<CameraCapabilities, 'panDeg' | 'tiltDeg'> {
  const { pan, tilt } = signs(facts);
  const degrees = (sign: number, { least, most }: { least: number; most: number } = { least: 0, most: 0 }) => {
    const ends = [(sign * least) / arcSecondsPerDegree + 0, (sign * most) / arcSecondsPerDegree + 0];
    return { least: Math.min(...ends), most: Math.max(...ends) };
  };
  return { panDeg: degrees(pan, pan_absolute), tiltDeg: degrees(tilt, tilt_absolute) };
}
