import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { DeviceProperty, PropertyValue } from '@anteroom/shared/panel/devices.ts';
import type { DeviceText } from '../locales/devices/texts.ts';

/** What stands on a device's back, as it is printed there. */
const sockets: Readonly<Record<string, string>> = {
  hdmi: 'HDMI',
  dvi: 'DVI',
  vga: 'VGA',
  usbC: 'USB-C',
  displayPort: 'DisplayPort',
  hdbaset: 'HDBaseT',
  digitalLink: 'Digital Link',
};

/** `hdmi1` → `HDMI 1`; a name that is not printed on devices stays as the profile has it. */
export function inputWords(name: string): string {
  const [, socket = name, number = ''] = /^([a-zA-Z]+?)(\d*)$/u.exec(name) ?? [];
  const printed = sockets[socket];
  if (printed === undefined) return name;
  return number === '' ? printed : `${printed} ${number}`;
}

/** “Power”; “ceiling: gain” where the device has several of the kind. */
export function propertyWords(text: DeviceText, { kind, of }: DeviceProperty): string {
  const what = text(`property.${kind}`);
  return of === null ? what : text('property.of', { of, what });
}

/** A value in a person's words and units. What a device says that its kind does not have stays as it says it. */
export function valueWords(text: DeviceText, kind: DeviceProperty['kind'], value: PropertyValue): string {
  switch (kind) {
    case 'power':
      return isPower(value) ? text(`value.power.${value}`) : String(value);
    case 'mute':
    case 'blank':
    case 'output':
    case 'contact':
    case 'occupancy':
      return text(`value.${kind}.${value === true ? 'yes' : 'no'}`);
    case 'input':
      return inputWords(String(value));
    case 'volume':
    case 'zoom':
      return typeof value === 'number' ? text('value.percent', { number: Math.round(value * 100) }) : String(value);
    case 'pan':
      return angleWords(text, value, ['left', 'ahead', 'right']);
    case 'tilt':
      return angleWords(text, value, ['down', 'level', 'up']);
    case 'gain':
      return typeof value === 'number' ? text('value.gain', { number: signed(value) }) : String(value);
    case 'preset':
      return typeof value === 'number' ? text('value.preset', { number: value }) : String(value);
    case 'route':
      return value === 0 ? text('value.route.nothing') : text('value.route', { number: String(value) });
    case 'people':
      return typeof value === 'number' ? text('value.people', { count: value }) : String(value);
    case 'ailments':
      return value === '' ? text('value.well') : String(value);
    default:
      return assertNever(kind);
  }
}

const powers = ['on', 'standby', 'warmingUp', 'coolingDown'] as const;

function isPower(value: PropertyValue): value is (typeof powers)[number] {
  return powers.some((power) => power === value);
}

/** Tenths are what cameras and processors tell reliably. */
const tenths = (value: number) => Math.round(value * 10) / 10;

type Direction = 'left' | 'right' | 'down' | 'up' | 'ahead' | 'level';

function angleWords(text: DeviceText, value: PropertyValue, [below, none, above]: [Direction, Direction, Direction]) {
  if (typeof value !== 'number') return String(value);
  const degrees = tenths(value);
  if (degrees === 0) return text(`value.angle.${none}`, { number: 0 });
  return text(`value.angle.${degrees < 0 ? below : above}`, { number: Math.abs(degrees) });
}

/** With the sign that a mixer shows: `−6`, `0`, `+3`. */
function signed(value: number): string {
  const shown = tenths(value);
  if (shown === 0) return '0';
  return shown < 0 ? `−${-shown}` : `+${shown}`;
}
