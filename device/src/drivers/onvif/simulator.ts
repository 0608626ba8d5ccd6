import type { Clock } from '@anteroom/shared/time/clock.ts';
import { type HttpRequest, type HttpResponse, httpRequest, packMessage, unpackMessage } from '../../ports/http-line.ts';
import {
  type Controller,
  createSimulatedBody,
  type SimulatedDevice,
  type SimulatorMode,
} from '../../ports/simulated-device.ts';
import { type OnvifFacts, type OnvifPreset, schemaNamespace, secondsIn, spaces } from './codec.ts';
import { digestResponse, fieldsOf, type OnvifAccess, parseChallenge, passwordDigest } from './security.ts';
import {
  axesIn,
  capabilitiesAnswer,
  faultMessage,
  identityAnswer,
  optionsAnswer,
  profilesAnswer,
  servicesAnswer,
  sourcesAnswer,
  timeAnswer,
  tokens,
} from './simulated-answers.ts';
import { createSimulatedHead, type Place } from './simulated-head.ts';
import { bodyIn, elementAt, envelope, escaped, parseXml, textAt, type XmlElement } from './soap.ts';

/**
 * An ONVIF camera with one head. `strict` takes a UsernameToken by its own clock, which is an hour behind, and says whether it
 * moves. `lenient` is like many real ones: it asks for HTTP's digest, does not know `GetServices`, gives a host of another
 * network, and does not say whether it moves.
 */
export interface OnvifSimulator extends SimulatedDevice {
  truth(): Place & { presets: readonly OnvifPreset[] };
  /** Its next answer is this fault: `Sender InvalidArgVal NoProfile`. */
  refuse(codes: string): void;
  /** Somebody sets its clock, so many milliseconds further from ours. */
  setClock(byMs: number): void;
  /** Somebody at its own web page. */
  zoomByHand(zoom: number): void;
}

export type OnvifSimulatorDeps = {
  facts: OnvifFacts;
  access: OnvifAccess;
  mode: SimulatorMode;
  /** From one end of a movement to the other. */
  moveMs: number;
  clock: Clock;
};

/** What stands inside the answer's element, or a fault. */
type Answer = string | { fault: string };
const fault = (codes: string): Answer => ({ fault: codes });

/** A token that is older, or from the future, is not taken. */
const freshMs = 5_000;
const unsetTimeoutS = 10;
const challenge = 'Digest realm="camera", qop="auth", nonce="5ccc069c403ebaf9f0171e9517f40e41", algorithm=MD5';
const headers = { 'content-type': 'application/soap+xml; charset=utf-8' };

export function createOnvifSimulator({ facts, access, mode, moveMs, clock }: OnvifSimulatorDeps): OnvifSimulator {
  const head = createSimulatedHead({ moveMs, clock });
  const presets = new Map<string, OnvifPreset & { place: Place }>();
  const usedNonces = new Set<string>();
  const refusals: string[] = [];
  let aheadMs = mode === 'strict' ? -3_600_000 : 0;
  let lastPreset = 0;

  const now = () => new Date(clock.now().getTime() + aheadMs);
  const onPowerCycle = () => head.stop(['pan', 'tilt', 'zoom']);
  const shell = createSimulatedBody({ begin, onPowerCycle, controllersAtMost: 5 });

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    return (bytes) => {
      const request = unpackMessage(httpRequest, bytes);
      if (request) controller.send(packMessage({ number: request.number, ...respond(request) }));
    };
  }

  function respond(request: HttpRequest): Omit<HttpResponse, 'number'> {
    if (shell.isBusy()) return { status: 503, headers: {}, body: '' };
    const asked = bodyIn(request.body);
    if (!asked) return { status: 400, headers, body: faultMessage('Sender WellFormed') };
    const isOpen = asked.name === 'GetSystemDateAndTime';
    if (!isOpen && !isKnown(request)) {
      return mode === 'lenient'
        ? { status: 401, headers: { 'www-authenticate': challenge }, body: '' }
        : { status: 400, headers, body: faultMessage('Sender NotAuthorized') };
    }
    const refusal = isOpen ? undefined : refusals.shift();
    const answer = refusal === undefined ? follow(asked, request) : fault(refusal);
    if (typeof answer !== 'string') return { status: 400, headers, body: faultMessage(answer.fault) };
    const names = `xmlns:x="${asked.namespace}" xmlns:tt="${schemaNamespace}"`;
    const body = `<x:${asked.name}Response ${names}>${answer}</x:${asked.name}Response>`;
    return { status: 200, headers, body: envelope({ header: '', body }) };
  }

  /** Who asks has the password, and says so in the way that this device takes. */
  function isKnown({ path, headers: { authorization = '' }, body }: HttpRequest): boolean {
    if (!access) return true;
    if (mode === 'strict') return isToken(elementAt(parseXml(body), 'Header', 'Security', 'UsernameToken'), access);
    const { response = '', cnonce: clientNonce = '', nc = '' } = fieldsOf(authorization);
    const asked = parseChallenge(challenge);
    const use = { access, path, count: Number.parseInt(nc, 16), clientNonce };
    return asked !== null && response === digestResponse(asked, use);
  }

  function isToken(token: XmlElement | null, { user, password }: NonNullable<OnvifAccess>): boolean {
    const told = (part: string) => textAt(token, part) ?? '';
    const [nonce, created] = [told('Nonce'), told('Created')];
    const isFresh = Math.abs(Date.parse(created) - now().getTime()) <= freshMs;
    if (told('Username') !== user || !isFresh || usedNonces.has(nonce)) return false;
    usedNonces.add(nonce);
    return told('Password') === passwordDigest(Buffer.from(nonce, 'base64'), created, password);
  }

  function follow(asked: XmlElement, request: HttpRequest): Answer {
    // A camera behind a NAT knows only its own address.
    const host = mode === 'strict' ? (request.headers.host ?? 'camera.invalid') : '192.0.2.10';
    switch (asked.name) {
      case 'GetSystemDateAndTime':
        return timeAnswer(now());
      case 'GetDeviceInformation':
        return identityAnswer;
      case 'GetServices':
        return mode === 'strict' ? servicesAnswer(host) : fault('Receiver ActionNotSupported');
      case 'GetCapabilities':
        return capabilitiesAnswer(host);
      case 'GetProfiles':
        return profilesAnswer();
      case 'GetVideoSources':
        return sourcesAnswer();
      case 'GetConfigurationOptions':
        return optionsAnswer();
      default:
        return followProfile(asked);
    }
  }

  function followProfile(asked: XmlElement): Answer {
    const profile = textAt(asked, 'ProfileToken');
    if (profile === null) return fault('Receiver ActionNotSupported');
    return profile === tokens.profile ? followHead(asked) : fault('Sender InvalidArgVal NoProfile');
  }

  function followHead(asked: XmlElement): Answer {
    switch (asked.name) {
      case 'GetStatus':
        return statusAnswer();
      case 'ContinuousMove': {
        const forS = secondsIn(textAt(asked, 'Timeout')) ?? unsetTimeoutS;
        head.drive(axesIn(elementAt(asked, 'Velocity')), forS * 1_000);
        return '';
      }
      case 'AbsoluteMove':
        return head.goTo(axesIn(elementAt(asked, 'Position'))) ? '' : fault('Sender InvalidArgVal InvalidPosition');
      case 'Stop':
        head.stop([
          ...(textAt(asked, 'PanTilt') === 'false' ? [] : (['pan', 'tilt'] as const)),
          ...(textAt(asked, 'Zoom') === 'false' ? [] : (['zoom'] as const)),
        ]);
        return '';
      case 'GotoHomePosition':
        head.goTo({ pan: 0, tilt: 0, zoom: 0 });
        return '';
      case 'GetPresets':
        return [...presets.values()].map(presetAnswer).join('');
      case 'SetPreset':
        return setPreset(textAt(asked, 'PresetToken'), textAt(asked, 'PresetName') ?? '');
      case 'GotoPreset':
        return goToPreset(textAt(asked, 'PresetToken') ?? '');
      default:
        return fault('Receiver ActionNotSupported');
    }
  }

  const presetAnswer = ({ token, name }: OnvifPreset) =>
    `<x:Preset token="${token}"><tt:Name>${escaped(name)}</tt:Name></x:Preset>`;

  function setPreset(given: string | null, name: string): Answer {
    if (head.isMoving('pan') || head.isMoving('tilt')) return fault('Receiver Action MovingPTZ');
    if (given !== null && !presets.has(given)) return fault('Sender InvalidArgVal NoToken');
    if (given === null && presets.size >= facts.presets) return fault('Receiver Action TooManyPresets');
    const token = given ?? `preset-${++lastPreset}`;
    presets.set(token, { token, name, place: head.place() });
    return `<x:PresetToken>${token}</x:PresetToken>`;
  }

  function goToPreset(token: string): Answer {
    const preset = presets.get(token);
    if (!preset) return fault('Sender InvalidArgVal NoToken');
    head.goTo(preset.place);
    return '';
  }

  function statusAnswer(): string {
    const { pan, tilt, zoom } = head.place();
    const move = (part: string, isMoving: boolean) => `<tt:${part}>${isMoving ? 'MOVING' : 'IDLE'}</tt:${part}>`;
    const moves = move('PanTilt', head.isMoving('pan') || head.isMoving('tilt')) + move('Zoom', head.isMoving('zoom'));
    return (
      `<x:PTZStatus><tt:Position><tt:PanTilt x="${shell.isLying() ? -pan : pan}" y="${tilt}" space="${spaces.position}"/>` +
      `<tt:Zoom x="${zoom}" space="${spaces.zoom}"/></tt:Position>` +
      `${mode === 'strict' ? `<tt:MoveStatus>${moves}</tt:MoveStatus>` : ''}` +
      `<tt:UtcTime>${now().toISOString()}</tt:UtcTime></x:PTZStatus>`
    );
  }

  return {
    ...shell,
    truth: () => ({ ...head.place(), presets: [...presets.values()].map(({ token, name }) => ({ token, name })) }),
    refuse: (codes) => void refusals.push(codes),
    setClock(byMs) {
      aheadMs += byMs;
    },
    zoomByHand: (zoom) => head.put({ zoom }),
  };
}
