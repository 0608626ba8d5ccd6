import type {
  DeviceProperty,
  DevicePropertyKind,
  PropertyChoice,
  PropertyValue,
} from '@anteroom/shared/panel/devices.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { CameraCapabilities, CameraState } from '../ports/camera.ts';
import type { DisplayCapabilities, DisplayState } from '../ports/display.ts';
import type { Reading } from '../ports/reading.ts';
import { ailmentWords } from './ailments.ts';
import type { ObservedDevice } from './observed.ts';

/** One property of a device as the room sees it: what it said last, and what it may be told. Pure. */
export type PropertyRow = {
  property: DeviceProperty;
  reading: Reading<PropertyValue> | null;
  choice: PropertyChoice | null;
};

const fraction: PropertyChoice = { kind: 'range', least: 0, most: 1, step: 0.01 };
const toggle: PropertyChoice = { kind: 'switch' };
const powerChoice: PropertyChoice = { kind: 'oneOf', values: ['on', 'standby'] };

/** Every property that the device has, in the order in which people look for them. */
export function propertiesOf(observed: ObservedDevice, language: Language): PropertyRow[] {
  switch (observed.kind) {
    case 'display':
      return displayRows(observed.capabilities, observed.state, language);
    case 'camera':
      return cameraRows(observed.capabilities, observed.state);
    case 'audioProcessor': {
      const { capabilities, state } = observed;
      const presets = capabilities.presets.length > 0 && capabilities.commands.includes('recallPreset');
      return [
        ...(presets ? [row('preset', null, null, { kind: 'oneOf', values: [...capabilities.presets] })] : []),
        ...capabilities.channels.flatMap(({ name, gainDb }) => [
          row('mute', name, state.channels[name]?.isMuted ?? null, toggle),
          ...(gainDb ? [row('gain', name, state.channels[name]?.gainDb ?? null, range(gainDb, 0.5))] : []),
        ]),
        row(
          'ailments',
          null,
          mapped(state.ailments, (words) => words.join(', ')),
          null,
        ),
      ];
    }
    case 'switcher': {
      const { capabilities, state } = observed;
      const { commands, inputs, outputs, presets } = capabilities;
      const values = Array.from({ length: inputs + 1 }, (_, input) => input);
      return [
        ...Array.from({ length: outputs }, (_, index) =>
          row('route', String(index + 1), state.routes[index + 1]?.video ?? null, { kind: 'oneOf', values }),
        ),
        ...(commands.includes('recallPreset') && presets > 0
          ? [row('preset', null, null, range({ least: 1, most: presets }, 1))]
          : []),
        ...(commands.includes('setVolume') ? [row('volume', null, state.volume, fraction)] : []),
        ...(commands.includes('setMuted') ? [row('mute', null, state.isMuted, toggle)] : []),
      ];
    }
    case 'roomIo':
      return [
        ...observed.capabilities.outputs.map((name) =>
          row('output', name, observed.state.outputs[name] ?? null, toggle),
        ),
        ...observed.capabilities.contacts.map((name) =>
          row('contact', name, observed.state.contacts[name] ?? null, null),
        ),
      ];
    case 'presenceSensor':
      return [
        row('occupancy', null, observed.state.isOccupied, null),
        ...(observed.capabilities.countsPeople ? [row('people', null, observed.state.people, null)] : []),
      ];
  }
}

function displayRows({ commands, inputs }: DisplayCapabilities, state: DisplayState, language: Language) {
  const may = (command: (typeof commands)[number], choice: PropertyChoice) =>
    commands.includes(command) ? choice : null;
  return [
    row('power', null, state.power, may('setPower', powerChoice)),
    row('input', null, state.input, may('setInput', { kind: 'oneOf', values: [...inputs] })),
    ...(commands.includes('setVolume') ? [row('volume', null, state.volume, fraction)] : []),
    ...(commands.includes('setMuted') ? [row('mute', null, state.isMuted, toggle)] : []),
    ...(commands.includes('setBlank') ? [row('blank', null, state.isBlank, toggle)] : []),
    row(
      'ailments',
      null,
      mapped(state.ailments, (ailments) => ailmentWords(ailments, language)),
      null,
    ),
  ];
}

function cameraRows({ commands, panDeg, tiltDeg, presets }: CameraCapabilities, state: CameraState): PropertyRow[] {
  const power = mapped(state.isOn, (isOn) => (isOn ? 'on' : 'standby'));
  const moves = commands.includes('moveTo');
  return [
    ...(commands.includes('setPower') ? [row('power', null, power, powerChoice)] : []),
    ...(commands.includes('recallPreset') && presets > 0
      ? [row('preset', null, null, range({ least: 1, most: presets }, 1))]
      : []),
    row(
      'pan',
      null,
      mapped(state.position, (at) => at.panDeg),
      moves ? range(panDeg, 1) : null,
    ),
    row(
      'tilt',
      null,
      mapped(state.position, (at) => at.tiltDeg),
      moves ? range(tiltDeg, 1) : null,
    ),
    row('zoom', null, state.zoom, commands.includes('zoomTo') ? fraction : null),
  ];
}

function row(
  kind: DevicePropertyKind,
  of: string | null,
  reading: Reading<PropertyValue> | null,
  choice: PropertyChoice | null,
): PropertyRow {
  return { property: { kind, of }, reading, choice };
}

function mapped<T>(reading: Reading<T> | null, toValue: (value: T) => PropertyValue): Reading<PropertyValue> | null {
  return reading && { ...reading, value: toValue(reading.value) };
}

const range = ({ least, most }: { least: number; most: number }, step: number): PropertyChoice => ({
  ...{ kind: 'range', least, most, step },
});

/** Whether the device has this value of the property, and may be told so. */
export function isChoice(choice: PropertyChoice, value: PropertyValue): boolean {
  switch (choice.kind) {
    case 'switch':
      return typeof value === 'boolean';
    case 'oneOf':
      return choice.values.includes(value);
    case 'range':
      return typeof value === 'number' && value >= choice.least && value <= choice.most;
  }
}

export const isSameProperty = (one: DeviceProperty, other: DeviceProperty): boolean =>
  one.kind === other.kind && one.of === other.of;

/** How far a number may be from what was wanted: devices round. */
const tolerance: Readonly<Partial<Record<DevicePropertyKind, number>>> = {
  ...{ volume: 0.02, zoom: 0.02, gain: 0.5, pan: 1, tilt: 1 },
};

export function isSameValue(kind: DevicePropertyKind, one: PropertyValue, other: PropertyValue): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other;
  return Math.abs(one - other) <= (tolerance[kind] ?? 0);
}
