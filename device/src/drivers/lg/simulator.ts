import type { Clock } from '@anteroom/shared/time/clock.ts';
import { createDisplayModel, type DisplayModel } from '../../ports/display-model.ts';
import {
  type Controller,
  createSimulatedBody,
  type SimulatedDevice,
  type SimulatorMode,
} from '../../ports/simulated-device.ts';
import { createLineDecoder, toBytes } from '../../ports/text-decoder.ts';
import { askValue, type LgFacts, letters } from './codec.ts';

/** An LG display. In standby, `strict` answers all but its power with NG, and `lenient` not at all: both are sold. */
export interface LgSimulator extends SimulatedDevice {
  truth: DisplayModel<number>;
}

export type LgSimulatorDeps = { facts: LgFacts; mode: SimulatorMode; warmUpMs: number; clock: Clock };

const commandPattern = /(?<command>[a-z]{2}) ?(?<id>[0-9a-f]{2}) ?(?<value>[0-9a-f]{2})$/i;
const serialNumber = '909MXAB1C234';

export function createLgSimulator({ facts, mode, warmUpMs, clock }: LgSimulatorDeps): LgSimulator {
  const truth = createDisplayModel({ input: Object.values(facts.inputs)[0] ?? 0x90, warmUpMs, clock });
  const body = createSimulatedBody({ begin, onPowerCycle: truth.losePower, controllersAtMost: 4 });

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    const lines = createLineDecoder({ ends: '\r\n', longest: 60 });
    return (bytes) => {
      for (const line of lines.push(bytes)) follow(line, controller);
    };
  }

  function follow(line: string, controller: Controller): void {
    const { command, id, value } = commandPattern.exec(line)?.groups ?? {};
    if (command === undefined || id === undefined || value === undefined) return;
    const addressed = Number.parseInt(id, 16);
    if (addressed !== facts.setId && addressed !== 0) return;
    const answer = answerTo(command.toLowerCase(), value.toUpperCase());
    // Everybody at once would answer over each other.
    if (answer === null || addressed === 0) return;
    controller.send(toBytes(`${command[1]} ${id} ${answer}x`));
  }

  function answerTo(command: string, value: string): string | null {
    const ng = `NG${value}`;
    if (body.isBusy()) return ng;
    if (command === letters.power) return power(value);
    if (truth.power() !== 'on') return mode === 'strict' ? ng : null;
    const isAsked = value === askValue;
    const code = Number.parseInt(value, 16);
    switch (command) {
      case letters.input:
        if (!isAsked && !Object.values(facts.inputs).includes(code)) return ng;
        if (!isAsked) truth.input = code;
        return ok(truth.input);
      case letters.volume:
        if (!isAsked && code > 100) return ng;
        if (!isAsked) truth.volume = code;
        return ok(truth.volume);
      case letters.mute:
        if (!isAsked) truth.isMuted = code === 0;
        return ok(truth.isMuted ? 0 : 1);
      case letters.screenMute:
        if (!isAsked) truth.isBlank = code !== 0;
        return ok(truth.isBlank ? 1 : 0);
      case letters.serial:
        return isAsked ? `OK${serialNumber}` : ng;
      default:
        return ng;
    }
  }

  const ok = (code: number) => `OK${code.toString(16).toUpperCase().padStart(2, '0')}`;

  function power(value: string): string {
    if (value !== askValue) {
      truth.setPower(value === '01');
      return `OK${value}`;
    }
    const now = truth.power();
    const isOn = now === 'on' || now === 'warmingUp';
    return ok(isOn !== body.isLying() ? 1 : 0);
  }

  return { ...body, truth };
}
