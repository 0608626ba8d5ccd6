import { namespaces, spaces } from './codec.ts';
import type { Place } from './simulated-head.ts';
import { elementAt, envelope, numberIn, type XmlElement } from './soap.ts';

/** What a simulated device says of itself, whatever was done with it. `x` is the service’s namespace, `tt` the schema’s. */
export const tokens = { profile: 'Profile_1', configuration: 'PTZ_1', source: 'Source_1' } as const;

const element = (name: string, content: string, attributes = '') => `<${name}${attributes}>${content}</${name}>`;

export function timeAnswer(now: Date): string {
  const part = (name: string, value: number) => element(`tt:${name}`, String(value));
  const time =
    part('Hour', now.getUTCHours()) + part('Minute', now.getUTCMinutes()) + part('Second', now.getUTCSeconds());
  const date =
    part('Year', now.getUTCFullYear()) + part('Month', now.getUTCMonth() + 1) + part('Day', now.getUTCDate());
  const utc = element('tt:UTCDateTime', element('tt:Time', time) + element('tt:Date', date));
  const kind = element('tt:DateTimeType', 'Manual') + element('tt:DaylightSavings', 'false');
  return element('x:SystemDateAndTime', kind + utc);
}

export const identityAnswer = [
  element('x:Manufacturer', 'Anteroom') + element('x:Model', 'Simulated PTZ') + element('x:FirmwareVersion', '1.0'),
  element('x:SerialNumber', '1') + element('x:HardwareId', '1'),
].join('');

const paths = { device: '/onvif/device_service', media: '/onvif/media_service', ptz: '/onvif/ptz_service' } as const;

export const servicesAnswer = (host: string): string =>
  (['device', 'media', 'ptz'] as const)
    .map((service) => {
      const version = element('x:Version', element('tt:Major', '2') + element('tt:Minor', '60'));
      const where = element('x:Namespace', namespaces[service]) + element('x:XAddr', `http://${host}${paths[service]}`);
      return element('x:Service', where + version);
    })
    .join('');

export function capabilitiesAnswer(host: string): string {
  const at = (path: string) => element('tt:XAddr', `http://${host}${path}`);
  const list =
    element('tt:Device', at(paths.device)) + element('tt:Media', at(paths.media)) + element('tt:PTZ', at(paths.ptz));
  return element('x:Capabilities', list);
}

/** One that only looks, and one with the head. */
export function profilesAnswer(): string {
  const source = element(
    'tt:VideoSourceConfiguration',
    `<tt:Name>source</tt:Name><tt:UseCount>2</tt:UseCount><tt:SourceToken>${tokens.source}</tt:SourceToken>` +
      '<tt:Bounds x="0" y="0" width="1920" height="1080"/>',
    ' token="SourceConfiguration_1"',
  );
  const head = element(
    'tt:PTZConfiguration',
    '<tt:Name>head</tt:Name><tt:UseCount>1</tt:UseCount><tt:NodeToken>Node_1</tt:NodeToken>',
    ` token="${tokens.configuration}"`,
  );
  // Clients take a profile without an encoder for none at all, or stumble over one without rates.
  const encoder = element(
    'tt:VideoEncoderConfiguration',
    '<tt:Name>encoder</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding>' +
      '<tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution><tt:Quality>4</tt:Quality>' +
      '<tt:RateControl><tt:FrameRateLimit>30</tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval>' +
      '<tt:BitrateLimit>4096</tt:BitrateLimit></tt:RateControl>',
    ' token="EncoderConfiguration_1"',
  );
  const named = (name: string) => element('tt:Name', name);
  return (
    element('x:Profiles', named('still') + source, ' token="Profile_0" fixed="true"') +
    element('x:Profiles', named('moving') + source + encoder + head, ` token="${tokens.profile}" fixed="true"`)
  );
}

export function sourcesAnswer(): string {
  const size = '<tt:Width>1920</tt:Width><tt:Height>1080</tt:Height>';
  const content = element('tt:Framerate', '30') + element('tt:Resolution', size);
  return element('x:VideoSources', content, ` token="${tokens.source}"`);
}

/** It moves by itself for ten seconds at most. */
export function optionsAnswer(): string {
  const range = (name: string, least: number, most: number) =>
    element(`tt:${name}`, element('tt:Min', String(least)) + element('tt:Max', String(most)));
  const space = (name: string, uri: string, ranges: string) => element(`tt:${name}`, element('tt:URI', uri) + ranges);
  const flat = range('XRange', -1, 1) + range('YRange', -1, 1);
  const all = [
    space('AbsolutePanTiltPositionSpace', spaces.position, flat),
    space('AbsoluteZoomPositionSpace', spaces.zoom, range('XRange', 0, 1)),
    space('ContinuousPanTiltVelocitySpace', spaces.velocity, flat),
    space('ContinuousZoomVelocitySpace', spaces.zoomVelocity, range('XRange', -1, 1)),
  ];
  const timeout = element('tt:PTZTimeout', element('tt:Min', 'PT1S') + element('tt:Max', 'PT10S'));
  return element('x:PTZConfigurationOptions', element('tt:Spaces', all.join('')) + timeout);
}

/** `codes` as `Sender InvalidArgVal NoProfile`, from the general to the special. */
export function faultMessage(codes: string): string {
  const [general = '', ...special] = codes.split(' ');
  const subcodes = special.reduceRight(
    (inner, code) => element('s:Subcode', element('s:Value', `ter:${code}`) + inner),
    '',
  );
  const code = element('s:Code', element('s:Value', `s:${general}`) + subcodes);
  const reason = element('s:Reason', element('s:Text', codes, ' xml:lang="en"'));
  const fault = element('s:Fault', code + reason, ' xmlns:ter="http://www.onvif.org/ver10/error"');
  return envelope({ header: '', body: fault });
}

/** The axes that a velocity or a position names. */
export function axesIn(vector: XmlElement | null): Partial<Place> {
  const [panTilt, zoom] = [elementAt(vector, 'PanTilt'), elementAt(vector, 'Zoom')];
  const named = { pan: panTilt?.attributes.x, tilt: panTilt?.attributes.y, zoom: zoom?.attributes.x };
  const numbers = Object.entries(named).map(([axis, text]) => [axis, numberIn(text)] as const);
  return Object.fromEntries(numbers.filter(([, value]) => value !== null));
}
