import { randomBytes } from 'node:crypto';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Camera, CameraCommand, CameraState } from '../../ports/camera.ts';
import { DriverError } from '../../ports/driver-error.ts';
import { type HttpResponse, httpResponse, unpackMessage } from '../../ports/http-line.ts';
import type { Line } from '../../ports/line.ts';
import { createLineDevice } from '../../ports/line-device.ts';
import {
  abilitiesIn,
  askCapabilities,
  askIdentity,
  askOptions,
  askPresets,
  askProfiles,
  askServices,
  askStatus,
  askTime,
  commandsOf,
  commonAbilities,
  encodeCommand,
  encodeGotoPreset,
  encodeSetPreset,
  findPreset,
  identityIn,
  type OnvifFacts,
  type OnvifPlace,
  type OnvifRequest,
  type OnvifStatus,
  pathsInCapabilities,
  pathsInServices,
  placeIn,
  presetsIn,
  statusIn,
  timeIn,
} from './codec.ts';
import { faultError, isNotAuthorized, mediaOf, type OnvifSession, soapExchange } from './exchanges.ts';
import type { OnvifAccess } from './security.ts';
import type { XmlElement } from './soap.ts';

/**
 * A camera that speaks ONVIF over HTTP. It says that it has taken a movement, not that it has arrived: the driver asks until
 * it stands still. It has no power of its own: what answers is on.
 */
export type OnvifCameraDeps = { line: Line; facts: OnvifFacts; access: OnvifAccess; clock: Clock; log: Logger };

const atOnce = 1;
const depth = 32;
/** How often a moving camera is asked, and how long a slow head takes from one end to the other. */
const lookAgainMs = 300;
const movedWithinMs = 30_000;
/** Devices refuse what is older than some seconds; a clock that went so far is asked anew. */
const clockSlackMs = 1_000;

type Options = { signal: AbortSignal; isUrgent?: boolean };

export function createOnvifCamera({ line, facts, access, clock, log }: OnvifCameraDeps): Camera {
  /** Ends with each stop: what moved then moves no more. */
  let moving = new AbortController();
  let place: OnvifPlace | null = null;
  let abilities = commonAbilities;
  const session: OnvifSession = {
    ...{ access, devicePath: facts.path, paths: {}, aheadMs: 0, challenge: null, challengeUses: 0, lastNumber: 0 },
    ...{ timeoutMs: facts.timing.answerWithinMs, now: () => clock.now(), nonce: () => randomBytes(16) },
  };
  const device = createLineDevice<HttpResponse, Omit<CameraState, 'isConnected'>>({
    ...{ line, atOnce, depth, clock, log, greet, poll, restMs: 0, whenLost: 'reopen' },
    ...{ askEveryMs: facts.timing.askEveryMs, onUnasked: () => undefined },
    initial: { identity: null, isOn: null, position: null, zoom: null },
    createDecoder: () => ({
      push(bytes) {
        const response = unpackMessage(httpResponse, bytes);
        return response ? [response] : [];
      },
    }),
  });

  async function greet({ signal }: Options): Promise<void> {
    session.challenge = null;
    await learnTime({ signal });
    await learnIdentity({ signal });
    session.paths = await findServices({ signal });
    place = placeIn(await say(askProfiles(mediaOf(session.paths)), { signal }));
    if (!place) throw new DriverError('refused', `${line.name}: none of its profiles can be moved`);
    const options = await sayIfItCan(askOptions(place), { signal });
    abilities = options ? abilitiesIn(options) : commonAbilities;
    await learnStatus({ signal });
  }

  async function findServices(options: Options) {
    const services = await sayIfItCan(askServices, options);
    return services ? pathsInServices(services) : pathsInCapabilities(await say(askCapabilities, options));
  }

  /** How far the device's clock is from ours; true when that changed. One without a clock, or a shy one, goes by ours. */
  async function learnTime({ signal, isUrgent = false }: Options): Promise<boolean> {
    const reply = await device.ask(soapExchange(askTime, { isUrgent, isOpen: true }, session), { signal });
    const time = reply.is === 'answer' ? timeIn(reply.body) : null;
    const before = session.aheadMs;
    session.aheadMs = time ? time.getTime() - clock.now().getTime() : 0;
    return Math.abs(session.aheadMs - before) > clockSlackMs;
  }

  async function say(request: OnvifRequest, { signal, isUrgent = false }: Options): Promise<XmlElement> {
    const ask = () => device.ask(soapExchange(request, { isUrgent, isOpen: false }, session), { signal });
    let reply = await ask();
    // Its clock may have been set since we last looked.
    if (isNotAuthorized(reply) && (await learnTime({ signal, isUrgent }))) reply = await ask();
    if (reply.is === 'answer') return reply.body;
    throw faultError(`${line.name}: ${request.action}`, reply);
  }

  /** Null where the device does not know the question, or has nothing to say to it now. */
  async function sayIfItCan(request: OnvifRequest, options: Options): Promise<XmlElement | null> {
    try {
      return await say(request, options);
    } catch (error) {
      if (error instanceof DriverError && (error.fault === 'refused' || error.fault === 'not_now')) return null;
      throw error;
    }
  }

  function head(): OnvifPlace {
    if (place) return place;
    throw new DriverError('not_now', `${line.name}: it has not said yet what can be moved`);
  }

  async function learnStatus(options: Options): Promise<OnvifStatus | null> {
    const answer = await sayIfItCan(askStatus(head()), options);
    const status = answer && statusIn(answer, facts);
    device.learn({
      isOn: device.answered(true),
      ...(status?.position ? { position: device.answered(status.position) } : {}),
      ...(status?.zoom == null ? {} : { zoom: device.answered(status.zoom) }),
    });
    return status;
  }

  async function learnIdentity(options: Options): Promise<void> {
    device.learn({ identity: device.answered(identityIn(await say(askIdentity, options))) });
  }

  async function poll(options: Options): Promise<void> {
    await learnStatus(options);
  }

  async function refresh({ signal }: Options): Promise<void> {
    if (!place) return await greet({ signal });
    await learnIdentity({ signal });
    await learnStatus({ signal });
  }

  async function untilItStands(signal: AbortSignal): Promise<void> {
    const untilMs = clock.monotonicMs() + movedWithinMs;
    for (let before: OnvifStatus | null = null; ; ) {
      await clock.sleep(lookAgainMs, { signal });
      const status = await learnStatus({ signal });
      if (!status || !(status.isMoving ?? status.place !== before?.place)) return;
      if (clock.monotonicMs() >= untilMs)
        throw new DriverError('no_answer', `${line.name}: it has not arrived in ${movedWithinMs} ms`);
      before = status;
    }
  }

  async function recall(preset: number, options: Options): Promise<void> {
    const found = findPreset(preset, presetsIn(await say(askPresets(head()), options)));
    if (!found) throw new DriverError('refused', `${line.name}: nobody has set its preset ${preset}`);
    await say(encodeGotoPreset(found, head()), options);
  }

  async function setPreset(preset: number, options: Options): Promise<void> {
    const known = presetsIn(await say(askPresets(head()), options));
    await say(encodeSetPreset(preset, head(), known), options);
  }

  async function move(command: CameraCommand, signal: AbortSignal): Promise<void> {
    const ends = AbortSignal.any([signal, moving.signal, device.lifetime]);
    if (command.kind === 'recallPreset') await recall(command.preset, { signal: ends });
    else await sayCommand(command, { signal: ends });
    await untilItStands(ends);
  }

  async function sayCommand(command: CameraCommand, options: Options): Promise<void> {
    const request = encodeCommand(command, head(), { ...facts, ...abilities });
    if (request) await say(request, options);
  }

  async function run(command: CameraCommand, { signal }: Options): Promise<void> {
    const refusal = refusalOf(command, capabilities());
    if (refusal) throw refusal;
    switch (command.kind) {
      case 'stop':
        moving.abort(new DriverError('not_now', 'stopped'));
        moving = new AbortController();
        await sayCommand(command, { signal, isUrgent: true });
        await learnStatus({ signal, isUrgent: true });
        return;
      case 'setPreset':
        return await setPreset(command.preset, { signal });
      case 'move':
      case 'zoom':
        return await sayCommand(command, { signal });
      default:
        await move(command, signal);
    }
  }

  const nowhere = { least: 0, most: 0 };
  const capabilities = () => ({
    commands: commandsOf(facts, abilities),
    ...(facts.reach ?? { panDeg: nowhere, tiltDeg: nowhere }),
    presets: facts.presets,
  });

  return {
    ...{ capabilities, state: device.state, subscribe: device.subscribe, run, refresh },
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  };
}

/** What the model cannot do is said before anything is sent. */
function refusalOf(
  command: CameraCommand,
  { commands, presets }: ReturnType<Camera['capabilities']>,
): DriverError | null {
  const { kind } = command;
  if (!commands.includes(kind)) return new DriverError('refused', `${kind}: the camera has no such thing`);
  if (command.kind !== 'setPreset' && command.kind !== 'recallPreset') return null;
  const { preset } = command;
  if (Number.isInteger(preset) && preset >= 1 && preset <= presets) return null;
  return new DriverError('refused', `${kind}: preset ${preset}, but it has 1 to ${presets}`);
}
