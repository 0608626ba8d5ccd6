import type { PeripheralKind } from '../ports/media.ts';
import { quote } from './graph.ts';
import type { Gst, GstDevice } from './gst.ts';

/** A device that can be opened now. `description` is the element that opens it, as text for a pipeline. */
export type FoundDevice = {
  kind: Exclude<PeripheralKind, 'display'>;
  name: string;
  description: string;
  path: string | null;
};

const kindOfClass = { 'Video/Source': 'camera', 'Audio/Source': 'microphone', 'Audio/Sink': 'speaker' } as const;

/** Which property of an element names the device, by the element's factory. */
const deviceProperties: Readonly<Record<string, readonly string[]>> = {
  v4l2src: ['device'],
  alsasrc: ['device'],
  alsasink: ['device'],
  pulsesrc: ['device'],
  pulsesink: ['device'],
  pipewiresrc: ['target-object', 'path'],
  pipewiresink: ['target-object', 'path'],
};

/**
 * PipeWire, PulseAudio, V4L2 and ALSA each list the same piece of hardware. A sound server holds its devices open, so they
 * are opened through it; it opens cameras only for those who ask, and V4L2 is the shorter way to them.
 */
const preference = ['v4l2src', 'pulsesrc', 'pulsesink', 'pipewiresrc', 'pipewiresink', 'alsasrc', 'alsasink'];

/** Keeps one entry for each piece of hardware: the same kind and name, or the same path, are one. Pure. */
export function withoutDoubles(devices: readonly FoundDevice[]): FoundDevice[] {
  const rank = (device: FoundDevice) => preference.indexOf(device.description.split(' ', 1)[0] ?? '');
  const kept: FoundDevice[] = [];
  for (const device of [...devices].sort((a, b) => rank(a) - rank(b))) {
    const isDouble = kept.some(
      (other) =>
        other.kind === device.kind &&
        (other.name.toLowerCase() === device.name.toLowerCase() ||
          (device.path !== null && other.path === device.path)),
    );
    if (!isDouble) kept.push(device);
  }
  return kept;
}

/** The device that a profile asks for: the first whose name has `preferredName`, else the first of its kind. Pure. */
export function chooseDevice(
  devices: readonly FoundDevice[],
  kind: FoundDevice['kind'],
  preferredName: string | undefined,
): FoundDevice | null {
  const ofKind = devices.filter((device) => device.kind === kind);
  const wanted = preferredName?.toLowerCase();
  const preferred = wanted ? ofKind.find(({ name }) => name.toLowerCase().includes(wanted)) : undefined;
  return preferred ?? ofKind[0] ?? null;
}

type NamedInput = { kind: string; name?: string; soundName?: string | undefined };

/** The device whose name has `name`, and no other. Pure. */
export function findByName(
  devices: readonly FoundDevice[],
  kind: FoundDevice['kind'],
  name: string | undefined,
): FoundDevice | null {
  const wanted = name?.toLowerCase();
  return devices.find((device) => device.kind === kind && isNamed(device, wanted)) ?? null;
}

/** The room's own devices: a laptop's picture is no camera of the room, and its sound no microphone. Pure. */
export function withoutContentInput(devices: readonly FoundDevice[], input: NamedInput | null): FoundDevice[] {
  const names: Partial<Record<FoundDevice['kind'], string | undefined>> =
    input?.kind === 'capture' ? { camera: input.name, microphone: input.soundName } : {};
  return devices.filter((device) => !isNamed(device, names[device.kind]?.toLowerCase()));
}

function isNamed(device: FoundDevice, wanted: string | undefined): boolean {
  return wanted !== undefined && device.name.toLowerCase().includes(wanted);
}

/** What a device that the media process makes itself is called; null for one that has to be found. Pure. */
export function virtualDeviceName(kind: PeripheralKind, source: string): string | null {
  if (source === 'file') return `Clip as ${kind}`;
  return ['pattern', 'tone', 'virtual'].includes(source) ? `Simulated ${kind}` : null;
}

/** Watches what is plugged in, without opening anything. */
export function createDeviceWatch(gst: Gst) {
  const monitor = new gst.DeviceMonitor();
  for (const deviceClass of Object.keys(kindOfClass)) monitor.addFilter(deviceClass, null);
  const bus = monitor.getBus();
  monitor.start();

  return {
    list: () => withoutDoubles(monitor.getDevices().flatMap((device) => read(device) ?? [])),
    /** True when something was plugged in or pulled out since the last call. */
    hasChanged(): boolean {
      let hasChanged = false;
      for (let message = bus.timedPop(0); message; message = bus.timedPop(0)) {
        const { DEVICE_ADDED, DEVICE_REMOVED } = gst.MessageType;
        hasChanged ||= message.type === DEVICE_ADDED || message.type === DEVICE_REMOVED;
      }
      return hasChanged;
    },
    stop: () => monitor.stop(),
  };
}

function read(device: GstDevice): FoundDevice | null {
  const deviceClass = device.getDeviceClass();
  const kind = Object.entries(kindOfClass).find(([prefix]) => deviceClass.startsWith(prefix))?.[1];
  const properties = device.getProperties();
  // A monitor of a loudspeaker is a source too: it would publish what the room hears.
  if (!kind || properties?.getString('device.class') === 'monitor') return null;
  const element = device.createElement(null);
  const factory = element?.getFactory()?.getName();
  if (!element || !factory) return null;
  // PipeWire 0.3.65 names a sink for sources of a class of their own, such as Audio/Source/Virtual; Pulse lists them too.
  if (factory.endsWith('sink') !== (kind === 'speaker')) return null;
  const property = deviceProperties[factory]?.find((name) => readText(element, name) !== null);
  const target = property ? readText(element, property) : null;
  return {
    kind,
    name: device.getDisplayName(),
    description: property && target ? `${factory} ${property}=${quote(target)}` : factory,
    path: properties?.getString('device.path') ?? properties?.getString('api.v4l2.path') ?? null,
  };
}

/** A text property by its GStreamer name; node-gtk offers it in camel case. */
function readText(element: object, property: string): string | null {
  const camelCase = property.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const value = Reflect.get(element, camelCase);
  return typeof value === 'string' && value !== '' ? value : null;
}
