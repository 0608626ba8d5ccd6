import type { Clock } from '@anteroom/shared/time/clock.ts';
import { type Controller, createSimulatedBody, type SimulatedDevice } from '../../ports/simulated-device.ts';
import { encodeClear, encodeInquiry, type Inquiry, type ViscaFacts } from './codec.ts';
import type { Framing } from './exchanges.ts';

/**
 * A VISCA camera: power with a warm-up, a head that takes its time, zoom, presets, two sockets. `strict` does as Sony's
 * list says; `lenient` as cameras of others do (a command's type on every packet, an error of a command without a socket,
 * a socket in what answers an inquiry).
 */
export interface ViscaSimulator extends SimulatedDevice {
  /** What is true of it, whatever it answers. */
  truth(): { isOn: boolean; pan: number; tilt: number; zoom: number; isMoving: boolean };
  /** Its next command is answered with this error code. */
  refuse(code: number): void;
  /** It is a model that answers this with a syntax error. */
  forget(what: 'clear' | Inquiry): void;
  /** Somebody at the remote control. */
  zoomByHand(zoom: number): void;
}

export type ViscaSimulatorDeps = {
  facts: ViscaFacts;
  /** Vendor and model as `0001:0519`, which it is where its profile has no such two. */
  identity: string | null;
  framing: Framing;
  mode: 'strict' | 'lenient';
  /** From power on until it does more than answer about its power. */
  warmUpMs: number;
  /** From one end of a movement to the other. */
  moveMs: number;
  clock: Clock;
};

type Payload = readonly number[];
type Reply = (payload: Payload) => void;

/** Vendor, model, ROM version and sockets. */
function versionAnswer(identity: string): number[] {
  const ids = identity
    .split(':')
    .flatMap((id) => [Number.parseInt(id.slice(0, 2), 16), Number.parseInt(id.slice(2), 16)]);
  return [...ids, 0x01, 0x23, 0x02];
}
const sockets = [1, 2] as const;

export function createViscaSimulator(deps: ViscaSimulatorDeps): ViscaSimulator {
  const { facts, clock, mode } = deps;
  const head = 0x90 + ((facts.address - 1) << 4);
  let isOn = true;
  let warmAtMs = clock.monotonicMs();
  let place = { pan: 0, tilt: 0, zoom: 0 };
  /** 2 is automatic, 3 by hand, as commands and answers have it. */
  let focus = 0x02;
  /** The sequence number that the last packet bore; the same again is the same packet. */
  let lastSequence = -1;
  const refusals: number[] = [];
  /** Frames, as text. */
  const forgotten = new Set<string>();
  const presets = new Map<number, typeof place>();
  const busy = new Map<number, { ended: AbortController; isMovement: boolean }>();

  const shell = createSimulatedBody({ begin, onPowerCycle: loseEverything, controllersAtMost: 5 });

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    let held: number[] = [];
    const reply = (bytes: Uint8Array) => controller.send(bytes);
    return (bytes) => {
      if (deps.framing === 'packets') return receivePacket(bytes, reply);
      for (const byte of bytes) {
        held.push(byte);
        if (byte !== 0xff) continue;
        follow(held, (payload) => reply(Uint8Array.from(payload)));
        held = [];
      }
    };
  }

  function receivePacket(packet: Uint8Array, reply: (bytes: Uint8Array) => void): void {
    if (packet.length < 9) return;
    const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
    const [type, length, sequence] = [view.getUint16(0), view.getUint16(2), view.getUint32(4)];
    const answer = (replyType: number) => (payload: Payload) => {
      const sent = new Uint8Array(8 + payload.length);
      const out = new DataView(sent.buffer);
      out.setUint16(0, replyType);
      out.setUint16(2, payload.length);
      out.setUint32(4, sequence);
      sent.set(payload, 8);
      reply(sent);
    };
    if (length !== packet.length - 8) {
      answer(0x0200)([0x0f, 0x02]);
      return;
    }
    if (type === 0x0200) {
      lastSequence = -1;
      answer(0x0201)([0x01]);
      return;
    }
    if (sequence === lastSequence) return;
    if (mode === 'strict' && sequence < lastSequence) {
      answer(0x0200)([0x0f, 0x01]);
      return;
    }
    lastSequence = sequence;
    follow([...packet.subarray(8)], answer(mode === 'strict' ? 0x0111 : 0x0100));
  }

  function follow(frame: Payload, reply: Reply): void {
    const [to, kind, ...rest] = frame;
    const body = rest.slice(0, -1);
    if (to === 0x88 && kind === 0x30) {
      reply([0x88, 0x30, facts.address + 1, 0xff]);
      return;
    }
    if (to !== (0x80 | facts.address) && to !== 0x88) return;
    if (forgotten.has(frame.join())) {
      reply([head, 0x60, 0x02, 0xff]);
      return;
    }
    if (kind === 0x09) {
      inquire(body, reply);
      return;
    }
    if (kind === 0x01 && body[0] === 0x00 && body[1] === 0x01) {
      clear(reply);
      return;
    }
    if (kind !== undefined && kind >> 4 === 2) {
      cancel(kind & 0x0f, reply);
      return;
    }
    if (kind === 0x01) {
      command(body, reply);
      return;
    }
    reply([head, 0x60, 0x02, 0xff]);
  }

  const nibblesOf = (value: number, count: number) =>
    Array.from({ length: count }, (_, index) => (value >> (4 * (count - 1 - index))) & 0x0f);

  function inquire(body: Payload, reply: Reply): void {
    const socket = mode === 'strict' ? 0 : 1;
    const answer = (data: Payload) => reply([head, 0x50 | socket, ...data, 0xff]);
    const asked = body.join(',');
    const isPowerSeen = shell.isLying() ? !isOn : isOn;
    if (asked === '0,2') {
      answer(versionAnswer(/^[0-9a-f]{4}:[0-9a-f]{4}$/i.exec(deps.identity ?? '')?.[0] ?? '0001:0519'));
      return;
    }
    if (asked === '4,0') {
      answer([isPowerSeen ? 0x02 : 0x03]);
      return;
    }
    if (!isReady()) {
      reply([head, 0x60 | socket, 0x41, 0xff]);
      return;
    }
    if (asked === '4,71') {
      answer(nibblesOf(place.zoom, 4));
      return;
    }
    if (asked === '4,56') {
      answer([focus]);
      return;
    }
    if (asked === '6,18') {
      answer([...nibblesOf(place.pan, facts.panNibbles), ...nibblesOf(place.tilt, 4)]);
      return;
    }
    reply([head, 0x60, 0x02, 0xff]);
  }

  const isReady = () => isOn && clock.monotonicMs() >= warmAtMs;

  function clear(reply: Reply): void {
    for (const { ended } of busy.values()) ended.abort();
    busy.clear();
    reply([head, 0x50, 0xff]);
  }

  function cancel(socket: number, reply: Reply): void {
    const running = busy.get(socket);
    if (!running) {
      reply([head, 0x60 | socket, 0x05, 0xff]);
      return;
    }
    running.ended.abort();
    busy.delete(socket);
    reply([head, 0x60 | socket, 0x04, 0xff]);
  }

  function command(body: Payload, reply: Reply): void {
    const code = refusals.shift();
    if (code !== undefined) {
      reply([head, 0x60, code, 0xff]);
      return;
    }
    const work = workOf(body);
    if (work === 'unknown') {
      reply([head, 0x60, 0x02, 0xff]);
      return;
    }
    if (work === 'notNow') {
      reply([head, mode === 'strict' ? 0x61 : 0x60, 0x41, 0xff]);
      return;
    }
    const socket = sockets.find((each) => !busy.has(each));
    if (socket === undefined || shell.isBusy()) {
      reply([head, 0x60, 0x03, 0xff]);
      return;
    }
    const ended = new AbortController();
    busy.set(socket, { ended, isMovement: work.takesMs > 0 });
    reply([head, 0x40 | socket, 0xff]);
    const signal = AbortSignal.any([ended.signal, shell.powered()]);
    clock.sleep(work.takesMs, { signal }).then(
      () => {
        busy.delete(socket);
        work.finish();
        reply([head, 0x50 | socket, 0xff]);
      },
      () => undefined, // Cleared, cancelled, or without power.
    );
  }

  type Work = { takesMs: number; finish: () => void };

  function workOf(body: Payload): Work | 'unknown' | 'notNow' {
    const at = (finish: () => void, takesMs = 0): Work => ({ takesMs, finish });
    const [group, kind, ...rest] = body;
    const [act = -1, preset = -1] = rest;
    if (group === 0x04 && kind === 0x00 && (rest[0] === 0x02 || rest[0] === 0x03))
      return at(() => setPower(rest[0] === 0x02));
    if (!isReady()) return 'notNow';
    if (group === 0x06 && kind === 0x01 && rest.length === 4) return at(() => stopHead(rest));
    if (group === 0x06 && kind === 0x02 && rest.length === 2 + facts.panNibbles + 4)
      return at(() => go(placeOf(rest.slice(2))), deps.moveMs);
    if (group === 0x06 && kind === 0x04) return at(() => go({ pan: 0, tilt: 0 }), deps.moveMs);
    if (group === 0x04 && kind === 0x07 && rest.length === 1) return at(() => undefined);
    if (group === 0x04 && kind === 0x47 && rest.length === 4)
      return at(() => go({ zoom: numberOf(rest) }), deps.moveMs);
    if (group === 0x04 && kind === 0x38 && (act === 0x02 || act === 0x03)) return at(() => setFocus(act));
    if (group === 0x04 && kind === 0x3f && preset >= 0 && preset < facts.presets) {
      if (act === 0x01) return at(() => void presets.set(preset, place));
      if (act === 0x02) return at(() => go(presets.get(preset) ?? {}), deps.moveMs);
    }
    return 'unknown';
  }

  /** Both directions at stop end what moves. */
  function stopHead([, , pan, tilt]: Payload): void {
    if (pan !== 0x03 || tilt !== 0x03) return;
    for (const [socket, { ended, isMovement }] of busy) {
      if (!isMovement) continue;
      ended.abort();
      busy.delete(socket);
    }
  }

  function setPower(on: boolean): void {
    if (on && !isOn) warmAtMs = clock.monotonicMs() + deps.warmUpMs;
    isOn = on;
  }

  function setFocus(mode: number): void {
    focus = mode;
  }

  function go(to: Partial<typeof place>): void {
    place = { ...place, ...to };
  }

  const numberOf = (all: Payload) => all.reduce((sum, each) => sum * 16 + (each & 0x0f), 0);
  const signedOf = (all: Payload) => {
    const value = numberOf(all);
    return value >= 16 ** all.length / 2 ? value - 16 ** all.length : value;
  };
  const placeOf = (all: Payload) => ({
    pan: signedOf(all.slice(0, facts.panNibbles)),
    tilt: signedOf(all.slice(facts.panNibbles)),
  });

  function loseEverything(): void {
    busy.clear();
    lastSequence = -1;
    isOn = true;
    warmAtMs = clock.monotonicMs() + deps.warmUpMs;
  }

  return {
    ...shell,
    truth: () => ({ ...{ isOn, isMoving: busy.size > 0 }, ...place }),
    refuse: (code) => void refusals.push(code),
    forget(what) {
      forgotten.add((what === 'clear' ? encodeClear(facts) : encodeInquiry(what, facts)).join());
    },
    zoomByHand(zoom) {
      place = { ...place, zoom: Math.round(zoom * facts.zoomTele) };
    },
  };
}
