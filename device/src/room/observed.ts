import type { AudioProcessorCapabilities, AudioProcessorState } from '../ports/audio-processor.ts';
import type { CameraCapabilities, CameraState } from '../ports/camera.ts';
import type { DisplayCapabilities, DisplayState } from '../ports/display.ts';
import type { PresenceSensorCapabilities, PresenceSensorState } from '../ports/presence-sensor.ts';
import type { RoomDevice } from '../ports/room-device.ts';
import type { RoomIoCapabilities, RoomIoState } from '../ports/room-io.ts';
import type { SwitcherCapabilities, SwitcherState } from '../ports/switcher.ts';

/** What a device can do and what it is known to be, at one moment. */
export type ObservedDevice =
  | { kind: 'camera'; capabilities: CameraCapabilities; state: CameraState }
  | { kind: 'display'; capabilities: DisplayCapabilities; state: DisplayState }
  | { kind: 'audioProcessor'; capabilities: AudioProcessorCapabilities; state: AudioProcessorState }
  | { kind: 'switcher'; capabilities: SwitcherCapabilities; state: SwitcherState }
  | { kind: 'roomIo'; capabilities: RoomIoCapabilities; state: RoomIoState }
  | { kind: 'presenceSensor'; capabilities: PresenceSensorCapabilities; state: PresenceSensorState };

/** One case for each kind: only so does the compiler see that both halves are of the same kind. */
export function observe(room: RoomDevice): ObservedDevice {
  switch (room.kind) {
    case 'camera':
      return { kind: room.kind, capabilities: room.device.capabilities(), state: room.device.state() };
    case 'display':
      return { kind: room.kind, capabilities: room.device.capabilities(), state: room.device.state() };
    case 'audioProcessor':
      return { kind: room.kind, capabilities: room.device.capabilities(), state: room.device.state() };
    case 'switcher':
      return { kind: room.kind, capabilities: room.device.capabilities(), state: room.device.state() };
    case 'roomIo':
      return { kind: room.kind, capabilities: room.device.capabilities(), state: room.device.state() };
    case 'presenceSensor':
      return { kind: room.kind, capabilities: room.device.capabilities(), state: room.device.state() };
  }
}

/** What is switched on and has warmed up; only such a device does more than being switched on. */
export function isReady(observed: ObservedDevice): boolean {
  if (!observed.state.isConnected) return false;
  switch (observed.kind) {
    case 'display':
      return observed.state.power?.value === 'on';
    case 'camera':
      return observed.state.isOn?.value !== false;
    case 'audioProcessor':
    case 'switcher':
    case 'roomIo':
    case 'presenceSensor':
      return true;
  }
}
