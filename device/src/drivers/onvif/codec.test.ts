import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CameraCommand } from '../../ports/camera.ts';
import {
  abilitiesIn,
  bodyOf,
  commonAbilities,
  encodeCommand,
  encodeSetPreset,
  findPreset,
  pathsInCapabilities,
  pathsInServices,
  placeIn,
  secondsIn,
  spaces,
  statusIn,
  timeIn,
} from './codec.ts';
import { digestAuthorization, fieldsOf, parseChallenge, passwordDigest } from './security.ts';
import { envelope, parseReply, parseXml, type XmlElement } from './soap.ts';

const reach = { panDeg: { least: -170, most: 170 }, tiltDeg: { least: -30, most: 90 } };
const place = { profile: 'a&b', configuration: 'head' };

function answer(body: string): XmlElement {
  const reply = parseReply(envelope({ header: '', body }));
  if (reply?.is !== 'answer') throw new Error('no answer');
  return reply.body;
}

describe('requests', () => {
  const inside = (command: CameraCommand, longestMoveS = 30) =>
    encodeCommand(command, place, { reach, longestMoveS })?.body.replace('<ProfileToken>a&#38;b</ProfileToken>', '');

  it.each<[CameraCommand, string]>([
    [
      { kind: 'move', panSpeed: -2, tiltSpeed: 0.5 },
      `<Velocity><t:PanTilt x="-1" y="0.5" space="${spaces.velocity}"/></Velocity><Timeout>PT30S</Timeout>`,
    ],
    [
      { kind: 'zoom', zoomSpeed: 1 / 3 },
      `<Velocity><t:Zoom x="0.333333" space="${spaces.zoomVelocity}"/></Velocity><Timeout>PT30S</Timeout>`,
    ],
    [{ kind: 'stop' }, '<PanTilt>true</PanTilt><Zoom>true</Zoom>'],
    [
      { kind: 'moveTo', panDeg: 85, tiltDeg: 1000 },
      `<Position><t:PanTilt x="0.5" y="1" space="${spaces.position}"/></Position>`,
    ],
    [{ kind: 'zoomTo', zoom: 2 }, `<Position><t:Zoom x="1" space="${spaces.zoom}"/></Position>`],
    [{ kind: 'home' }, ''],
  ])('%j', (command, expected) => {
    expect(inside(command)).toBe(expected);
  });

  it('end by themselves no later than the camera allows', () => {
    expect(inside({ kind: 'zoom', zoomSpeed: 1 }, 10)).toContain('<Timeout>PT10S</Timeout>');
  });

  it('are well-formed whatever a camera calls its things', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (token) => {
        const plain = token.replace(/[^\P{C}]/gu, '');
        const known = [{ token: plain, name: 'Anteroom 3' }];
        const root = parseXml(bodyOf(encodeSetPreset(3, { ...place, profile: plain }, known)));
        expect(root?.children.map(({ text }) => text)).toEqual([plain, 'Anteroom 3', plain]);
      }),
    );
  });

  it('overwrite the room’s own preset, and leave others’ of that number alone', () => {
    const known = [
      { token: '3', name: 'Door' },
      { token: '7', name: 'Anteroom 3' },
    ];
    expect(findPreset(3, known)?.token).toBe('7');
    expect(findPreset(3, known.slice(0, 1))?.token).toBe('3');
    expect(findPreset(4, known)).toBeNull();
    expect(encodeSetPreset(3, place, known).body).toContain('<PresetToken>7</PresetToken>');
    expect(encodeSetPreset(3, place, known.slice(0, 1)).body).not.toContain('PresetToken');
  });
});

describe('answers', () => {
  const status = (position: string, moves = '') =>
    statusIn(answer(`<R><PTZStatus><Position>${position}</Position>${moves}</PTZStatus></R>`), { reach });

  it('say where it looks in degrees, in the generic space or without a name of one', () => {
    expect(status('<PanTilt x="-0.5" y="0"/><Zoom x="0.25"/>')).toMatchObject({
      ...{ position: { panDeg: -85, tiltDeg: 30 }, zoom: 0.25, isMoving: null, place: '-0.5 0 0.25' },
    });
    expect(status(`<PanTilt x="1" y="1" space="${spaces.position}"/>`)).toMatchObject({
      ...{ position: { panDeg: 170, tiltDeg: 90 }, zoom: null },
    });
    expect(status('<PanTilt x="170" y="90" space="urn:maker:degrees"/>').position).toBeNull();
    expect(status('<PanTilt x="" y="NaN"/>').position).toBeNull();
  });

  it.each([
    ['<MoveStatus><PanTilt>IDLE</PanTilt><Zoom>MOVING</Zoom></MoveStatus>', true],
    ['<MoveStatus><PanTilt>IDLE</PanTilt></MoveStatus>', false],
    ['<MoveStatus><PanTilt>UNKNOWN</PanTilt><Zoom>UNKNOWN</Zoom></MoveStatus>', null],
    ['', null],
  ])('%s', (moves, expected) => {
    expect(status('', moves).isMoving).toBe(expected);
  });

  it('say where the services are, by their paths alone', () => {
    const services = answer(
      '<R><Service><Namespace>http://www.onvif.org/ver20/ptz/wsdl</Namespace><XAddr>http://10.0.0.1:81/p?x=1</XAddr></Service>' +
        '<Service><Namespace>urn:other</Namespace><XAddr>http://10.0.0.1/other</XAddr></Service></R>',
    );
    expect(pathsInServices(services)).toEqual({ ptz: '/p?x=1' });
    const older = answer(
      '<R><Capabilities><Media><XAddr>http://h/m</XAddr></Media><PTZ><XAddr/></PTZ></Capabilities></R>',
    );
    expect(pathsInCapabilities(older)).toEqual({ media: '/m' });
  });

  it('name the first profile that can be moved, of either media service', () => {
    const head = (inner: string) => answer(`<R><Profiles token="still"/><Profiles token="m">${inner}</Profiles></R>`);
    expect(placeIn(head('<PTZConfiguration token="c"/>'))).toEqual({ profile: 'm', configuration: 'c' });
    expect(placeIn(head('<Configurations><PTZ token="c"/></Configurations>'))).toEqual({
      ...{ profile: 'm', configuration: 'c' },
    });
    expect(placeIn(head(''))).toBeNull();
  });

  it('say what a head can do', () => {
    const options = '<Spaces><ContinuousPanTiltVelocitySpace/></Spaces><PTZTimeout><Max>PT1M30.5S</Max></PTZTimeout>';
    expect(abilitiesIn(answer(`<R><PTZConfigurationOptions>${options}</PTZConfigurationOptions></R>`))).toEqual({
      ...{ ...commonAbilities, canZoom: false, canBeMovedTo: false, canBeZoomedTo: false, longestMoveS: 30 },
    });
    const short = '<PTZTimeout><Max>PT2.5S</Max></PTZTimeout>';
    expect(abilitiesIn(answer(`<R><PTZConfigurationOptions>${short}</PTZConfigurationOptions></R>`))).toMatchObject({
      longestMoveS: 2,
    });
    expect([secondsIn('PT10S'), secondsIn('PT1H0M0S'), secondsIn('10'), secondsIn('P1D')]).toEqual([
      10,
      3600,
      null,
      null,
    ]);
  });

  it('say what time it is there, or nothing', () => {
    const time = '<Time><Hour>7</Hour><Minute>8</Minute><Second>9</Second></Time>';
    const clock = (date: string) =>
      timeIn(answer(`<R><SystemDateAndTime><UTCDateTime>${time}${date}</UTCDateTime></SystemDateAndTime></R>`));
    expect(clock('<Date><Year>2026</Year><Month>1</Month><Day>5</Day></Date>')).toEqual(
      new Date('2026-01-05T07:08:09Z'),
    );
    expect(clock('')).toBeNull();
  });
});

describe('SOAP', () => {
  it('names a fault from the general to the special, whatever the prefixes', () => {
    const fault =
      '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:InvalidArgVal</s:Value><s:Subcode>' +
      '<s:Value>ter:NoProfile</s:Value></s:Subcode></s:Subcode></s:Code><s:Reason><s:Text>none</s:Text></s:Reason></s:Fault>';
    expect(parseReply(envelope({ header: '', body: fault }))).toEqual({
      ...{ is: 'fault', codes: ['Sender', 'InvalidArgVal', 'NoProfile'], reason: 'none' },
    });
  });

  it('has no document type, and no end that is missing', () => {
    const whole = envelope({ header: '', body: '<R/>' });
    expect(parseReply(whole)).not.toBeNull();
    expect(parseReply(whole.slice(0, -1))).toBeNull();
    expect(parseReply(whole.replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa">]>'))).toBeNull();
    expect(parseReply('<html><body><p/></body></html>')).toBeNull();
  });

  it('is never thrown at', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>/&;"=!?-[]xs:') }), (text) => {
        parseReply(text);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('who asks', () => {
  it('answers a challenge with what stands in it, and with quotes that do not end a name', () => {
    const challenge = { realm: 'cam', nonce: 'n', opaque: 'o', algorithm: 'MD5', hasQop: true } as const;
    const access = { user: 'a"b', password: 'p' };
    const header = digestAuthorization(challenge, { access, path: '/p', count: 10, clientNonce: 'c' });
    expect(header).toContain('username="a\\"b"');
    expect(fieldsOf(header)).toMatchObject({ realm: 'cam', uri: '/p', qop: 'auth', nc: '0000000a', opaque: 'o' });
  });

  it('proves the password as the example of ONVIF’s programmer’s guide does', () => {
    const nonce = Buffer.from('LKqI6G/AikKCQrN0zqZFlg==', 'base64');
    expect(passwordDigest(nonce, '2010-09-16T07:50:45Z', 'userpassword')).toBe('tuOSpGlFlIXsozq4HFNeeGeFLEI=');
  });

  it.each([
    [
      'Basic realm="x", Digest realm="cam", nonce="n", qop="auth-int,auth", opaque="o"',
      { realm: 'cam', nonce: 'n', opaque: 'o', algorithm: 'MD5', hasQop: true },
    ],
    [
      'Digest realm="cam", nonce="n", algorithm=SHA-512, Digest realm="cam", nonce="m", algorithm=SHA-256',
      { realm: 'cam', nonce: 'm', opaque: null, algorithm: 'SHA-256', hasQop: false },
    ],
    ['Digest realm="cam", nonce="n", qop="auth-int"', null],
    ['Basic realm="x"', null],
    [undefined, null],
  ])('%s', (header, expected) => {
    expect(parseChallenge(header)).toEqual(expected);
  });
});
