import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Camera, CameraCommand, CameraCommandKind, CameraState } from '../../ports/camera.ts';
import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange } from '../../ports/exchange.ts';
import type { Line } from '../../ports/line.ts';
import { createLineDevice } from '../../ports/line-device.ts';
import { type Answer, encodeClear, encodeCommand, type Inquiry, inquiries, type ViscaFacts } from './codec.ts';
import { commandExchange, type Framing, inquiryExchange, type Numbering, resetExchange } from './exchanges.ts';
import { createPacketDecoder, createSerialDecoder, type ViscaReply } from './frames.ts';

/**
 * A camera that speaks VISCA, over a serial line, raw over TCP or UDP (`serial`), or behind Sony's header over UDP
 * (`packets`). After each command it asks what became of it, because completion alone says little with some models.
 */
export type ViscaCameraDeps = { line: Line; facts: ViscaFacts; framing: Framing; clock: Clock; log: Logger };

/** One motion, and one that may come beside it: a camera has two sockets, and STOP needs one. */
const atOnce = 1;
const depth = 32;
/** A packet that is lost is said again, when saying it twice does no harm. */
const triesOverPackets = 3;

const motions: ReadonlySet<CameraCommandKind> = new Set(['moveTo', 'zoomTo', 'home', 'recallPreset']);
/** What to ask after a command, to know what it did. A movement that goes on is asked about when it is stopped. */
const asksAfter: Readonly<Record<CameraCommandKind, readonly Inquiry[]>> = {
  setPower: ['power'],
  move: [],
  zoom: [],
  stop: ['position', 'zoom'],
  moveTo: ['position'],
  zoomTo: ['zoom'],
  home: ['position', 'zoom'],
  setPreset: [],
  recallPreset: ['position', 'zoom'],
  setFocus: [],
};

export function createViscaCamera(deps: ViscaCameraDeps): Camera {
  const { line, facts, framing, clock, log } = deps;
  /** Ends with each STOP: what moved then moves no more. */
  let moving = new AbortController();
  let sequence = 0;

  const numbering: Numbering = {
    ...{ framing, nextSequence: () => ++sequence, acknowledgedWithinMs: facts.timing.answerWithinMs },
  };
  const device = createLineDevice<ViscaReply, Omit<CameraState, 'isConnected'>>({
    ...{ line, atOnce, depth, clock, log, greet, poll: refresh, restMs: 0, whenLost: 'greet' },
    ...{ askEveryMs: facts.timing.askEveryMs },
    initial: { identity: null, isOn: null, position: null, zoom: null },
    createDecoder: () =>
      framing === 'packets' ? createPacketDecoder(facts.address) : createSerialDecoder(facts.address),
    onUnasked(reply) {
      // Its power came back, or somebody else began another numbering.
      if (reply.is === 'networkChange' || reply.is === 'sequenceError') device.greetAgain();
    },
  });

  /** Empties what is left in the camera of an earlier conversation, and asks everything. */
  async function greet({ signal }: { signal: AbortSignal }): Promise<void> {
    sequence = 0;
    if (framing === 'packets') await persist(() => resetExchange(numbering), { isSafeTwice: true, signal });
    const clear = { name: 'clear', payload: encodeClear(facts) };
    await ifItCan(() =>
      persist(() => commandExchange(clear, { isMotion: false }, numbering), { isSafeTwice: true, signal }),
    );
    await refresh({ signal });
  }

  /** A camera in standby, or warming up, says only who it is and whether it is on. */
  async function refresh({ signal }: { signal: AbortSignal }): Promise<void> {
    for (const inquiry of inquiries) await ifItCan(() => ask({ inquiry }, signal));
  }

  /** A camera that does not know one thing still does the rest: not all know who they are, or how to be cleared. */
  async function ifItCan(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const cannot = error instanceof DriverError && (error.fault === 'refused' || error.fault === 'not_now');
      if (!cannot) throw error;
      log.debug({ err: error, line: line.name }, 'camera does not know this');
    }
  }

  async function ask(asked: { inquiry: Inquiry; isUrgent?: boolean }, signal: AbortSignal): Promise<void> {
    const answer = await persist(() => inquiryExchange(asked, facts, numbering), { isSafeTwice: true, signal });
    device.learn(learned(answer));
  }

  function learned(answer: Answer): Partial<CameraState> {
    switch (answer.of) {
      case 'version':
        return { identity: device.answered(identityOf(answer)) };
      case 'power':
        return { isOn: device.answered(answer.isOn) };
      case 'position':
        return { position: device.answered({ panDeg: answer.panDeg, tiltDeg: answer.tiltDeg }) };
      case 'zoom':
        return { zoom: device.answered(answer.zoom) };
    }
  }

  async function persist<T>(
    makeExchange: () => Exchange<ViscaReply, T>,
    { isSafeTwice, signal }: { isSafeTwice: boolean; signal: AbortSignal },
  ): Promise<T> {
    const tries = isSafeTwice && framing === 'packets' ? triesOverPackets : 1;
    for (let attempt = 1; ; attempt++) {
      try {
        return await device.ask(makeExchange(), { signal });
      } catch (error) {
        const isLost = error instanceof DriverError && error.fault === 'no_answer';
        if (!isLost || attempt >= tries) throw error;
      }
    }
  }

  async function run(command: CameraCommand, { signal }: { signal: AbortSignal }): Promise<void> {
    const refusal = refusalOf(command, facts);
    if (refusal) throw refusal;
    if (command.kind === 'stop') {
      moving.abort(new DriverError('not_now', 'stopped'));
      moving = new AbortController();
    }
    const isMotion = motions.has(command.kind);
    const ends = AbortSignal.any([signal, ...(isMotion ? [moving.signal] : [])]);
    const isUrgent = command.kind === 'stop';
    const said = encodeCommand(command, facts).map((payload) => ({ name: command.kind, payload, isUrgent }));
    const isSafeTwice = command.kind !== 'move' && command.kind !== 'zoom';
    await Promise.all(
      said.map((each) => persist(() => commandExchange(each, { isMotion }, numbering), { isSafeTwice, signal: ends })),
    );
    for (const inquiry of asksAfter[command.kind]) await ifItCan(() => ask({ inquiry, isUrgent }, ends));
  }

  return {
    capabilities: () => ({
      commands: Object.keys(asksAfter) as CameraCommandKind[],
      ...{ panDeg: facts.panDeg, tiltDeg: facts.tiltDeg, presets: facts.presets },
    }),
    ...{ state: device.state, subscribe: device.subscribe, run, refresh },
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  };
}

function identityOf({ vendor, model, rom }: Extract<Answer, { of: 'version' }>): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0');
  return `${hex(vendor)}:${hex(model)} ${hex(rom)}`;
}

/** What the model cannot do is said before anything is sent. */
function refusalOf(command: CameraCommand, { presets }: ViscaFacts): DriverError | null {
  if (command.kind !== 'setPreset' && command.kind !== 'recallPreset') return null;
  const { kind, preset } = command;
  if (Number.isInteger(preset) && preset >= 1 && preset <= presets) return null;
  return new DriverError('refused', `${kind}: preset ${preset}, but it has 1 to ${presets}`);
}
