import type { Clock } from '@anteroom/shared/time/clock.ts';
import { createDisplayModel, type DisplayModel } from '../../ports/display-model.ts';
import {
  type Controller,
  createSimulatedBody,
  type SimulatedDevice,
  type SimulatorMode,
} from '../../ports/simulated-device.ts';
import {
  createFrameDecoder,
  diagnosisAnswered,
  diagnosisAsked,
  encodeReply,
  hex,
  modelAnswered,
  modelAsked,
  type NecFacts,
  type NecType,
  nullMessage,
  opcodes,
  powerAsked,
  powerSet,
} from './codec.ts';

/**
 * A display of NEC. In standby, `strict` answers parameters with a null message, and `lenient` answers them as if it were
 * on, as models with network standby do.
 */
export interface NecSimulator extends SimulatedDevice {
  truth: DisplayModel<number>;
  /** Codes of its self-diagnosis; none when it is well. */
  diagnosis: number[];
  /** It has this parameter no more. */
  forget(opcode: number): void;
}

export type NecSimulatorDeps = { facts: NecFacts; mode: SimulatorMode; warmUpMs: number; clock: Clock };

const answers: Readonly<Record<string, NecType>> = { A: 'B', C: 'D', E: 'F' };

export function createNecSimulator({ facts, mode, warmUpMs, clock }: NecSimulatorDeps): NecSimulator {
  const truth = createDisplayModel({ input: Object.values(facts.inputs)[0] ?? 0x11, warmUpMs, clock });
  const diagnosis: number[] = [];
  const forgotten = new Set<number>();
  const body = createSimulatedBody({ begin, onPowerCycle: truth.losePower, controllersAtMost: 4 });

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    const frames = createFrameDecoder();
    return (bytes) => {
      for (const message of frames.push(bytes)) {
        const type = answers[message?.type ?? ''];
        if (!message || !type || message.to !== 0x40 + facts.monitorId) continue;
        const answer = body.isBusy() ? nullMessage : answerTo(message.type, message.body);
        controller.send(encodeReply(answer === nullMessage ? 'B' : type, facts.monitorId, answer));
      }
    };
  }

  function answerTo(type: string, asked: string): string {
    if (type === 'A') return command(asked);
    const isOn = truth.power() === 'on';
    if (!isOn && mode === 'strict') return nullMessage;
    const opcode = Number.parseInt(asked.slice(0, 4), 16);
    return parameter(opcode, type === 'E' ? Number.parseInt(asked.slice(4), 16) : null);
  }

  function command(asked: string): string {
    if (asked === powerAsked) return `0200D600000400${hex(powerCode(), 2)}`;
    if (asked.startsWith(powerSet)) {
      const state = asked.slice(-4);
      truth.setPower(state === '0001');
      return `00${powerSet}${state}`;
    }
    if (asked === modelAsked) return `${modelAnswered}${Buffer.from('M551').toString('hex').toUpperCase()}00`;
    if (asked === diagnosisAsked)
      return `${diagnosisAnswered}${diagnosis.length > 0 ? diagnosis.map((code) => hex(code, 2)).join('') : '00'}`;
    return nullMessage;
  }

  function powerCode(): number {
    const now = truth.power();
    const isOn = now === 'on' || now === 'warmingUp';
    return isOn !== body.isLying() ? 1 : 4;
  }

  /** `value` null asks. */
  function parameter(opcode: number, value: number | null): string {
    const answer = (most: number, now: number) => `00${hex(opcode, 4)}00${hex(most, 4)}${hex(now, 4)}`;
    if (forgotten.has(opcode)) return refused(opcode);
    switch (opcode) {
      case opcodes.input:
        if (value !== null && !Object.values(facts.inputs).includes(value)) return refused(opcode);
        if (value !== null) truth.input = value;
        return answer(Math.max(...Object.values(facts.inputs)), truth.input);
      case opcodes.volume:
        if (!facts.hasSound) return refused(opcode);
        if (value !== null) truth.volume = Math.min(100, value);
        return answer(100, truth.volume);
      case opcodes.mute:
        if (!facts.hasSound) return refused(opcode);
        if (value !== null) truth.isMuted = value === 1;
        return answer(2, truth.isMuted ? 1 : 2);
      case opcodes.screenMute:
        if (!facts.hasScreenMute) return refused(opcode);
        if (value !== null) truth.isBlank = value === 1;
        return answer(2, truth.isBlank ? 1 : 2);
      default:
        return refused(opcode);
    }
  }

  return { ...body, truth, diagnosis, forget: (opcode) => void forgotten.add(opcode) };
}

const refused = (opcode: number) => `01${hex(opcode, 4)}0000000000`;
