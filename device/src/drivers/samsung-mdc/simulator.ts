import type { Clock } from '@anteroom/shared/time/clock.ts';
import { createDisplayModel, type DisplayModel } from '../../ports/display-model.ts';
import {
  type Controller,
  createSimulatedBody,
  type SimulatedDevice,
  type SimulatorMode,
} from '../../ports/simulated-device.ts';
import { commands, encodeReply, type SamsungMdcFacts } from './codec.ts';

/**
 * A Samsung display. `strict` takes only what a model of this kind has; `lenient` answers every code with what it was told
 * last, as some models do. While its power changes it tells the power it will have, and has no other answer than NAK.
 */
export interface SamsungSimulator extends SimulatedDevice {
  truth: DisplayModel<number>;
  /** Error codes of its parts: 1 is broken. */
  parts: { lamp: number; temperature: number; fan: number };
}

export type SamsungSimulatorDeps = { facts: SamsungMdcFacts; mode: SimulatorMode; warmUpMs: number; clock: Clock };

const head = 0xaa;
const everybody = 0xfe;
/** NAK codes are not documented; this is what models were seen to send. */
const nakCode = 0x01;
const busyCode = 0x02;

const texts: Readonly<Record<number, string>> = {
  [commands.modelName]: 'QB55C',
  [commands.serialNumber]: '0ABCH4ZR100123',
  [commands.softwareVersion]: 'T-KSU2EAKUC-1204.5',
};

export function createSamsungSimulator({ facts, mode, warmUpMs, clock }: SamsungSimulatorDeps): SamsungSimulator {
  const truth = createDisplayModel({ input: Object.values(facts.inputs)[0] ?? 0x21, warmUpMs, clock });
  const parts = { lamp: 0, temperature: 0, fan: 0 };
  const remembered = new Map<number, readonly number[]>();
  const body = createSimulatedBody({ begin, onPowerCycle: truth.losePower, controllersAtMost: 8 });

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    let held: number[] = [];
    return (bytes) => {
      held.push(...bytes);
      for (;;) {
        while (held.length > 0 && held[0] !== head) held.shift();
        const [, code = 0, id = 0, length] = held;
        if (length === undefined || held.length < length + 5) return;
        const sum = held.slice(1, length + 4).reduce((all, byte) => all + byte, 0) & 0xff;
        const isWhole = sum === held[length + 4];
        const values = held.slice(4, length + 4);
        held = held.slice(isWhole ? length + 5 : 1);
        if (isWhole) follow(controller, { code, id, values });
      }
    };
  }

  type Request = { code: number; id: number; values: readonly number[] };

  function follow(controller: Controller, { code, id, values }: Request): void {
    if (id !== facts.displayId && id !== everybody) return;
    const answer = answerTo(code, values);
    if (id === everybody) return;
    if (Array.isArray(answer)) controller.send(encodeReply(id, 'A', code, answer));
    else controller.send(encodeReply(id, 'N', code, [answer]));
  }

  /** Values, or the code of a NAK. */
  function answerTo(code: number, values: readonly number[]): number[] | number {
    const [value] = values;
    if (body.isBusy()) return busyCode;
    if (code === commands.power) return power(value);
    const words = texts[code];
    if (words !== undefined) return [...Buffer.from(words)];
    if (truth.power() !== 'on' && mode === 'strict') return nakCode;
    switch (code) {
      case commands.status:
        return [1, truth.volume, truth.isMuted ? 1 : 0, truth.input, 0x10, 0, 0];
      case commands.input:
        return input(value);
      case commands.volume:
        if (value !== undefined) truth.volume = Math.min(100, value);
        return facts.hasSound ? [truth.volume] : [0xff];
      case commands.mute:
        if (value !== undefined) truth.isMuted = value === 1;
        return facts.hasSound ? [truth.isMuted ? 1 : 0] : [0xff];
      case commands.panel:
        if (!facts.hasPanelOff) return nakCode;
        if (value !== undefined) truth.isBlank = value === 1;
        return [truth.isBlank ? 1 : 0];
      case commands.errorStatus:
        return [parts.lamp, parts.temperature, 0, 0, 38, parts.fan];
      default:
        if (mode === 'strict') return nakCode;
        if (values.length > 0) remembered.set(code, values);
        return [...(remembered.get(code) ?? [0])];
    }
  }

  function power(value: number | undefined): number[] | number {
    if (value !== undefined) {
      if (value > 1) return nakCode;
      truth.setPower(value === 1);
      return [value];
    }
    const now = truth.power();
    const isOn = now === 'on' || now === 'warmingUp';
    return [isOn !== body.isLying() ? 1 : 0];
  }

  function input(value: number | undefined): number[] | number {
    if (value === undefined) return [truth.input];
    if (!Object.values(facts.inputs).includes(value)) return nakCode;
    truth.input = value;
    return [value];
  }

  return { ...body, truth, parts };
}
