import type { DeviceProperty, PropertyValue } from '@anteroom/shared/panel/devices.ts';
import type { AudioProcessorCommand } from '../ports/audio-processor.ts';
import type { CameraCommand, CameraState } from '../ports/camera.ts';
import type { DisplayCommand } from '../ports/display.ts';
import type { RoomDevice } from '../ports/room-device.ts';
import type { RoomIoCommand } from '../ports/room-io.ts';
import type { SwitcherCommand } from '../ports/switcher.ts';
import type { ObservedDevice } from './observed.ts';

/** What a device is told, in the words of its kind. */
export type DeviceCommand =
  | { kind: 'camera'; command: CameraCommand }
  | { kind: 'display'; command: DisplayCommand }
  | { kind: 'audioProcessor'; command: AudioProcessorCommand }
  | { kind: 'switcher'; command: SwitcherCommand }
  | { kind: 'roomIo'; command: RoomIoCommand };

/** What makes the property of this device so; null when nothing does. Pure. */
export function commandFor(
  observed: ObservedDevice,
  { kind, of }: DeviceProperty,
  value: PropertyValue,
): DeviceCommand | null {
  switch (observed.kind) {
    case 'display': {
      const command = displayCommand(kind, value);
      return command && { kind: 'display', command };
    }
    case 'camera': {
      const command = cameraCommand(kind, value, observed.state);
      return command && { kind: 'camera', command };
    }
    case 'audioProcessor': {
      const command = audioCommand({ kind, of }, value);
      return command && { kind: 'audioProcessor', command };
    }
    case 'switcher': {
      const command = switcherCommand({ kind, of }, value);
      return command && { kind: 'switcher', command };
    }
    case 'roomIo':
      if (kind !== 'output' || of === null || typeof value !== 'boolean') return null;
      return { kind: 'roomIo', command: { kind: 'setOutput', output: of, isOn: value } };
    case 'presenceSensor':
      return null;
  }
}

function displayCommand(kind: DeviceProperty['kind'], value: PropertyValue): DisplayCommand | null {
  if (kind === 'power') return { kind: 'setPower', isOn: value === 'on' };
  if (kind === 'input' && typeof value === 'string') return { kind: 'setInput', input: value };
  if (kind === 'volume' && typeof value === 'number') return { kind: 'setVolume', volume: value };
  if (kind === 'mute' && typeof value === 'boolean') return { kind: 'setMuted', isMuted: value };
  if (kind === 'blank' && typeof value === 'boolean') return { kind: 'setBlank', isBlank: value };
  return null;
}

/** Pan and tilt are one movement: the other of the two stays where it is. */
function cameraCommand(
  kind: DeviceProperty['kind'],
  value: PropertyValue,
  { position }: CameraState,
): CameraCommand | null {
  if (kind === 'power') return { kind: 'setPower', isOn: value === 'on' };
  if (typeof value !== 'number') return null;
  if (kind === 'preset') return { kind: 'recallPreset', preset: value };
  if (kind === 'zoom') return { kind: 'zoomTo', zoom: value };
  if (position === null) return null;
  const { panDeg, tiltDeg } = position.value;
  if (kind === 'pan') return { kind: 'moveTo', panDeg: value, tiltDeg };
  if (kind === 'tilt') return { kind: 'moveTo', panDeg, tiltDeg: value };
  return null;
}

function audioCommand({ kind, of }: DeviceProperty, value: PropertyValue): AudioProcessorCommand | null {
  if (kind === 'preset' && typeof value === 'string') return { kind: 'recallPreset', preset: value };
  if (of === null) return null;
  if (kind === 'mute' && typeof value === 'boolean') return { kind: 'setMuted', channel: of, isMuted: value };
  if (kind === 'gain' && typeof value === 'number') return { kind: 'setGain', channel: of, gainDb: value };
  return null;
}

function switcherCommand({ kind, of }: DeviceProperty, value: PropertyValue): SwitcherCommand | null {
  if (kind === 'mute' && typeof value === 'boolean') return { kind: 'setMuted', isMuted: value };
  if (typeof value !== 'number') return null;
  if (kind === 'preset') return { kind: 'recallPreset', preset: value };
  if (kind === 'volume') return { kind: 'setVolume', volume: value };
  if (kind === 'route' && of !== null) return { kind: 'route', input: value, output: Number(of), layer: 'both' };
  return null;
}

/** Tells the device; it is of the kind that the command is for. */
export async function runCommand(
  room: RoomDevice,
  { kind, command }: DeviceCommand,
  options: { signal: AbortSignal },
): Promise<void> {
  if (kind === 'camera' && room.kind === 'camera') return await room.device.run(command, options);
  if (kind === 'display' && room.kind === 'display') return await room.device.run(command, options);
  if (kind === 'audioProcessor' && room.kind === 'audioProcessor') return await room.device.run(command, options);
  if (kind === 'switcher' && room.kind === 'switcher') return await room.device.run(command, options);
  if (kind === 'roomIo' && room.kind === 'roomIo') return await room.device.run(command, options);
  throw new Error(`a command for a ${kind} is for no ${room.kind}`);
}
