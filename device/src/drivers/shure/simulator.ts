import type { Clock } from '@anteroom/shared/time/clock.ts';
import {
  type Controller,
  createSimulatedBody,
  type SimulatedDevice,
  type SimulatorMode,
} from '../../ports/simulated-device.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import { createStringDecoder, keys, type ShureFacts } from './codec.ts';

/** Microphones of Shure. What changes is told to all controllers. `lenient` takes commands in lower case, too. */
export interface ShureSimulator extends SimulatedDevice {
  truth: { isMuted: boolean; preset: number; gains: Map<number, number>; mutes: Map<number, boolean> };
  /** Somebody touches the mute key of the device. */
  touchMute(): void;
}

export type ShureSimulatorDeps = { facts: ShureFacts; mode: SimulatorMode; clock: Clock };

const model = 'MXA910';
/** Names are filled up to so many characters. */
const nameLength = 31;

export function createShureSimulator({ facts, mode }: ShureSimulatorDeps): ShureSimulator {
  const numbers = Object.values(facts.channels).filter((number) => number > 0);
  const truth: ShureSimulator['truth'] = { isMuted: false, preset: 1, gains: new Map(), mutes: new Map() };
  const body = createSimulatedBody({ begin, onPowerCycle: reset, controllersAtMost: 16 });
  reset();

  function reset(): void {
    truth.isMuted = false;
    for (const number of numbers) {
      truth.gains.set(number, 1100);
      truth.mutes.set(number, false);
    }
  }

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    const strings = createStringDecoder();
    return (bytes) => {
      for (const text of strings.push(bytes)) follow(mode === 'lenient' ? text.toUpperCase() : text, controller);
    };
  }

  const written = (report: string) => toBytes(`< REP ${report} >`);
  const onOff = (isOn: boolean) => (isOn ? 'ON' : 'OFF');

  function follow(text: string, controller: Controller): void {
    for (const report of reportsFor(text)) {
      if (report.isForAll) body.tellAll(written(report.text));
      else controller.send(written(report.text));
    }
  }

  type Report = { text: string; isForAll: boolean };
  const error: readonly Report[] = [{ text: 'ERR', isForAll: false }];

  function reportsFor(text: string): readonly Report[] {
    const { verb, number, key, value } =
      /^(?<verb>GET|SET) (?:(?<number>\d+) )?(?<key>[A-Z0-9_]+)(?: (?<value>.+))?$/.exec(text)?.groups ?? {};
    if (verb === undefined || key === undefined || body.isBusy()) return error;
    const channel = number === undefined ? null : Number(number);
    if (channel !== null && channel !== 0 && !numbers.includes(channel)) return error;
    if (verb === 'SET' && !set(channel, key, value ?? '')) return error;
    const reports = verb === 'GET' && key === 'ALL' ? allReports() : [reportOf(channel, key)];
    return reports.flatMap((report) => (report === null ? error : [{ text: report, isForAll: verb === 'SET' }]));
  }

  function allReports(): (string | null)[] {
    const each = numbers.flatMap((number) => [reportOf(number, keys.mute), reportOf(number, keys.gain)]);
    return [reportOf(null, keys.model), reportOf(null, keys.deviceMute), ...each];
  }

  function reportOf(channel: number | null, key: string): string | null {
    if (channel === null) {
      if (key === keys.model) return `MODEL {${model.padEnd(nameLength)}}`;
      if (key === keys.deviceMute) return `${key} ${onOff(truth.isMuted !== body.isLying())}`;
      return key === keys.preset ? `${key} ${truth.preset}` : null;
    }
    if (key === keys.mute) return `${channel} ${key} ${onOff((truth.mutes.get(channel) ?? false) !== body.isLying())}`;
    return key === keys.gain ? `${channel} ${key} ${String(truth.gains.get(channel)).padStart(4, '0')}` : null;
  }

  function set(channel: number | null, key: string, value: string): boolean {
    if (channel === null) {
      if (key === keys.preset) return setPreset(Number(value));
      const isMuted = nextSwitch(truth.isMuted, value);
      if (key !== keys.deviceMute || isMuted === null) return false;
      truth.isMuted = isMuted;
      return true;
    }
    if (key === keys.mute) {
      const isMuted = nextSwitch(truth.mutes.get(channel) ?? false, value);
      if (isMuted !== null) truth.mutes.set(channel, isMuted);
      return isMuted !== null;
    }
    return key === keys.gain && setGain(channel, value);
  }

  function setGain(channel: number, value: string): boolean {
    const { step, amount } = /^(?:(?<step>INC|DEC) )?(?<amount>\d{1,4})$/.exec(value)?.groups ?? {};
    if (amount === undefined) return false;
    const now = truth.gains.get(channel) ?? 0;
    const next = step === undefined ? Number(amount) : now + Number(amount) * (step === 'INC' ? 1 : -1);
    if (next < 0 || next > 1400) return false;
    truth.gains.set(channel, next);
    return true;
  }

  function setPreset(preset: number): boolean {
    if (!Object.values(facts.presets).includes(preset)) return false;
    truth.preset = preset;
    return true;
  }

  return {
    ...body,
    truth,
    touchMute() {
      truth.isMuted = !truth.isMuted;
      body.tellAll(written(`${keys.deviceMute} ${onOff(truth.isMuted)}`));
    },
  };
}

function nextSwitch(now: boolean, value: string): boolean | null {
  if (value === 'TOGGLE') return !now;
  return value === 'ON' ? true : value === 'OFF' ? false : null;
}
