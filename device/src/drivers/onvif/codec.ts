import { z } from 'zod';
import type { CameraCommand, CameraCommandKind } from '../../ports/camera.ts';
import { driverTiming } from '../../ports/device.ts';
import { elementAt, elementsOf, escaped, numberIn, textAt, type XmlElement } from './soap.ts';

/**
 * ONVIF's device, media and PTZ services: requests, answers and units (ONVIF PTZ Service Specification). Speeds and
 * positions go from −1 to 1, zoom from 0 to 1, in the generic spaces; how many degrees that is, only a profile knows.
 */
const range = z.strictObject({ least: z.number(), most: z.number() });

export const onvifFacts = z.strictObject({
  /** Where the device service is; `/onvif/device_service` by the Core Specification. The other services, it tells. */
  path: z.string().startsWith('/'),
  /** The angles at −1 and 1; null where no document tells: then it is moved by speeds and presets only. */
  reach: z.strictObject({ panDeg: range, tiltDeg: range }).nullable(),
  hasHome: z.boolean(),
  presets: z.int().min(0).max(1000),
  timing: driverTiming,
});
export type OnvifFacts = z.infer<typeof onvifFacts>;

export const namespaces = {
  device: 'http://www.onvif.org/ver10/device/wsdl',
  media: 'http://www.onvif.org/ver10/media/wsdl',
  media2: 'http://www.onvif.org/ver20/media/wsdl',
  ptz: 'http://www.onvif.org/ver20/ptz/wsdl',
} as const;
export type OnvifService = keyof typeof namespaces;
export const schemaNamespace = 'http://www.onvif.org/ver10/schema';

const generic = 'http://www.onvif.org/ver10/tptz';
export const spaces = {
  position: `${generic}/PanTiltSpaces/PositionGenericSpace`,
  zoom: `${generic}/ZoomSpaces/PositionGenericSpace`,
  velocity: `${generic}/PanTiltSpaces/VelocityGenericSpace`,
  zoomVelocity: `${generic}/ZoomSpaces/VelocityGenericSpace`,
} as const;

export type OnvifRequest = { service: OnvifService; action: string; body: string };

/** `body` is what stands inside the action's element. */
const request = (service: OnvifService, action: string, body = ''): OnvifRequest => ({ service, action, body });

export const bodyOf = ({ service, action, body }: OnvifRequest): string =>
  `<${action} xmlns="${namespaces[service]}" xmlns:t="${schemaNamespace}">${body}</${action}>`;

/** The only question that a device answers to anybody. */
export const askTime = request('device', 'GetSystemDateAndTime');
export const askIdentity = request('device', 'GetDeviceInformation');
export const askServices = request('device', 'GetServices', '<IncludeCapability>false</IncludeCapability>');
/** What devices know that are older than `GetServices`. */
export const askCapabilities = request('device', 'GetCapabilities', '<Category>All</Category>');
export const askProfiles = (service: 'media' | 'media2') =>
  request(service, 'GetProfiles', service === 'media2' ? '<Type>PTZ</Type>' : '');

/** Which camera of the device, and which head of it. */
export type OnvifPlace = { profile: string; configuration: string };

export const askOptions = ({ configuration }: OnvifPlace) =>
  ptz('GetConfigurationOptions', `<ConfigurationToken>${escaped(configuration)}</ConfigurationToken>`);
export const askStatus = (place: OnvifPlace) => ptz('GetStatus', profileIn(place));
export const askPresets = (place: OnvifPlace) => ptz('GetPresets', profileIn(place));

const ptz = (action: string, body: string) => request('ptz', action, body);
const profileIn = ({ profile }: OnvifPlace) => `<ProfileToken>${escaped(profile)}</ProfileToken>`;

/** What a head can do, as it says itself. */
export type OnvifAbilities = {
  canPanTilt: boolean;
  canZoom: boolean;
  canBeMovedTo: boolean;
  canBeZoomedTo: boolean;
  /** A movement ends by itself after that, in seconds. */
  longestMoveS: number;
};

/** A camera that lost us must not turn for ever; every head is at its end by then. */
const moveEndsAfterS = 30;

/** What is true of a device that does not say. */
export const commonAbilities: OnvifAbilities = {
  ...{ canPanTilt: true, canZoom: true, canBeMovedTo: true, canBeZoomedTo: true },
  longestMoveS: moveEndsAfterS,
};

const clamp = (value: number, { least, most }: { least: number; most: number }) =>
  Math.min(most, Math.max(least, value));

/** Six digits are less than any motor's step. */
const written = (value: number) => String(Math.round(value * 1e6) / 1e6);
const asSpeed = (speed: number) => written(clamp(speed, { least: -1, most: 1 }));

const toNormal = (deg: number, { least, most }: { least: number; most: number }) =>
  ((clamp(deg, { least, most }) - least) / (most - least)) * 2 - 1;
const toDegrees = (normal: number, { least, most }: { least: number; most: number }) =>
  least + ((normal + 1) / 2) * (most - least);

/** The request of a command that is one; null for those of presets, which need the list first, and for what ONVIF has not. */
export function encodeCommand(
  command: CameraCommand,
  place: OnvifPlace,
  { reach, longestMoveS }: Pick<OnvifFacts, 'reach'> & Pick<OnvifAbilities, 'longestMoveS'>,
): OnvifRequest | null {
  const head = profileIn(place);
  const move = (velocity: string) =>
    ptz('ContinuousMove', `${head}<Velocity>${velocity}</Velocity><Timeout>PT${longestMoveS}S</Timeout>`);
  const moveTo = (position: string) => ptz('AbsoluteMove', `${head}<Position>${position}</Position>`);
  switch (command.kind) {
    case 'move': {
      const { panSpeed, tiltSpeed } = command;
      return move(`<t:PanTilt x="${asSpeed(panSpeed)}" y="${asSpeed(tiltSpeed)}" space="${spaces.velocity}"/>`);
    }
    case 'zoom':
      return move(`<t:Zoom x="${asSpeed(command.zoomSpeed)}" space="${spaces.zoomVelocity}"/>`);
    case 'stop':
      return ptz('Stop', `${head}<PanTilt>true</PanTilt><Zoom>true</Zoom>`);
    case 'moveTo': {
      if (!reach) return null;
      const [x, y] = [toNormal(command.panDeg, reach.panDeg), toNormal(command.tiltDeg, reach.tiltDeg)];
      return moveTo(`<t:PanTilt x="${written(x)}" y="${written(y)}" space="${spaces.position}"/>`);
    }
    case 'zoomTo':
      return moveTo(`<t:Zoom x="${written(clamp(command.zoom, { least: 0, most: 1 }))}" space="${spaces.zoom}"/>`);
    case 'home':
      return ptz('GotoHomePosition', head);
    case 'setPreset':
    case 'recallPreset':
    case 'setPower':
    case 'setFocus':
      return null;
  }
}

export type OnvifPreset = { token: string; name: string };

/** The name that a room's preset bears in the camera, which gives it a token of its own. */
export const presetName = (preset: number) => `Anteroom ${preset}`;

/** The room's own preset of that number, or else the one with the number for a token, as its remote control makes them. */
export function findPreset(preset: number, known: readonly OnvifPreset[]): OnvifPreset | null {
  const own = known.find(({ name }) => name === presetName(preset));
  return own ?? known.find(({ token }) => token === String(preset)) ?? null;
}

/** Overwrites the room's own preset; anybody else's of that number stays what it is. */
export function encodeSetPreset(preset: number, place: OnvifPlace, known: readonly OnvifPreset[]): OnvifRequest {
  const own = known.find(({ name }) => name === presetName(preset));
  const token = own ? `<PresetToken>${escaped(own.token)}</PresetToken>` : '';
  return ptz('SetPreset', `${profileIn(place)}<PresetName>${presetName(preset)}</PresetName>${token}`);
}

export const encodeGotoPreset = ({ token }: OnvifPreset, place: OnvifPlace) =>
  ptz('GotoPreset', `${profileIn(place)}<PresetToken>${escaped(token)}</PresetToken>`);

/** What the device's clock says; null when it has none, or says nothing of it. */
export function timeIn(answer: XmlElement): Date | null {
  const utc = elementAt(answer, 'SystemDateAndTime', 'UTCDateTime');
  const [year, month, day] = ['Year', 'Month', 'Day'].map((part) => numberIn(textAt(utc, 'Date', part)));
  const [hour, minute, second] = ['Hour', 'Minute', 'Second'].map((part) => numberIn(textAt(utc, 'Time', part)));
  if (year == null || month == null || day == null || hour == null || minute == null || second == null) return null;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

export const identityIn = (answer: XmlElement): string =>
  ['Manufacturer', 'Model', 'FirmwareVersion'].flatMap((part) => textAt(answer, part) || []).join(' ');

export type ServicePaths = Partial<Record<OnvifService, string>>;

/** Where each service is, out of `GetServices`. Only the path counts: behind a NAT, the host is another. */
export function pathsInServices(answer: XmlElement): ServicePaths {
  const found: ServicePaths = {};
  for (const each of elementsOf(answer, 'Service')) {
    const service = serviceOf(textAt(each, 'Namespace'));
    const path = pathIn(textAt(each, 'XAddr'));
    if (service && path) found[service] = path;
  }
  return found;
}

export function pathsInCapabilities(answer: XmlElement): ServicePaths {
  const capabilities = elementAt(answer, 'Capabilities');
  const [media, ptz] = ['Media', 'PTZ'].map((name) => pathIn(textAt(capabilities, name, 'XAddr')));
  return { ...(media ? { media } : {}), ...(ptz ? { ptz } : {}) };
}

function serviceOf(namespace: string | null): OnvifService | null {
  const known = Object.keys(namespaces) as OnvifService[]; // Its keys are those.
  return known.find((each) => namespaces[each] === namespace) ?? null;
}

function pathIn(address: string | null): string | null {
  const url = URL.parse(address ?? '');
  return url && `${url.pathname}${url.search}`;
}

/** The first profile with a head that can be moved, of the first or the second media service. */
export function placeIn(answer: XmlElement): OnvifPlace | null {
  for (const each of elementsOf(answer, 'Profiles')) {
    const head = elementAt(each, 'PTZConfiguration') ?? elementAt(each, 'Configurations', 'PTZ');
    const { token: profile } = each.attributes;
    const configuration = head?.attributes.token;
    if (profile && configuration) return { profile, configuration };
  }
  return null;
}

export function abilitiesIn(answer: XmlElement): OnvifAbilities {
  const options = elementAt(answer, 'PTZConfigurationOptions');
  const has = (kind: string) => elementAt(options, 'Spaces', kind) !== null;
  const longest = secondsIn(textAt(options, 'PTZTimeout', 'Max'));
  return {
    canPanTilt: has('ContinuousPanTiltVelocitySpace'),
    canZoom: has('ContinuousZoomVelocitySpace'),
    canBeMovedTo: has('AbsolutePanTiltPositionSpace'),
    canBeZoomedTo: has('AbsoluteZoomPositionSpace'),
    longestMoveS: longest === null ? moveEndsAfterS : Math.max(1, Math.min(moveEndsAfterS, Math.floor(longest))),
  };
}

/** Of an XML Schema duration, hours, minutes and seconds: no movement takes days. */
export function secondsIn(duration: string | null): number | null {
  const parts = /^PT(?:(?<h>\d+)H)?(?:(?<m>\d+)M)?(?:(?<s>\d+(?:\.\d+)?)S)?$/.exec(duration ?? '')?.groups;
  if (!parts) return null;
  return Number(parts.h ?? 0) * 3600 + Number(parts.m ?? 0) * 60 + Number(parts.s ?? 0);
}

export type OnvifStatus = {
  position: { panDeg: number; tiltDeg: number } | null;
  zoom: number | null;
  /** Null with devices that do not say. */
  isMoving: boolean | null;
  /** As it stands in the answer, for those devices: what stays the same has arrived. */
  place: string;
};

export function statusIn(answer: XmlElement, { reach }: Pick<OnvifFacts, 'reach'>): OnvifStatus {
  const status = elementAt(answer, 'PTZStatus');
  const panTilt = elementAt(status, 'Position', 'PanTilt')?.attributes ?? {};
  const zoom = elementAt(status, 'Position', 'Zoom')?.attributes ?? {};
  const [x, y] = isIn(panTilt, spaces.position) ? [numberIn(panTilt.x), numberIn(panTilt.y)] : [null, null];
  const moves = ['PanTilt', 'Zoom'].map((part) => textAt(status, 'MoveStatus', part)?.toUpperCase());
  const isKnown = moves.some((each) => each === 'IDLE' || each === 'MOVING');
  return {
    position:
      reach && x !== null && y !== null
        ? { panDeg: toDegrees(x, reach.panDeg), tiltDeg: toDegrees(y, reach.tiltDeg) }
        : null,
    zoom: isIn(zoom, spaces.zoom) ? numberIn(zoom.x) : null,
    isMoving: isKnown ? moves.includes('MOVING') : null,
    place: `${panTilt.x} ${panTilt.y} ${zoom.x}`,
  };
}

/** Without a name of a space, the default one is meant, which is the generic one. */
const isIn = ({ space }: Readonly<Record<string, string>>, wanted: string) => space === undefined || space === wanted;

export const presetsIn = (answer: XmlElement): OnvifPreset[] =>
  elementsOf(answer, 'Preset').flatMap((each) => {
    const { token } = each.attributes;
    return token === undefined ? [] : [{ token, name: textAt(each, 'Name') ?? '' }];
  });

/** Commands of a model with these facts, whose head has these abilities. */
export function commandsOf({ reach, hasHome, presets }: OnvifFacts, able: OnvifAbilities): CameraCommandKind[] {
  return [
    ...(able.canPanTilt ? (['move'] as const) : []),
    ...(able.canZoom ? (['zoom'] as const) : []),
    'stop',
    ...(hasHome ? (['home'] as const) : []),
    ...(able.canBeMovedTo && reach ? (['moveTo'] as const) : []),
    ...(able.canBeZoomedTo ? (['zoomTo'] as const) : []),
    ...(presets > 0 ? (['setPreset', 'recallPreset'] as const) : []),
  ];
}
