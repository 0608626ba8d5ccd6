import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { DisplayPower } from './display.ts';

/** What is true of a simulated display, whatever its protocol makes of it. `Input` is what the protocol calls one. */
export interface DisplayModel<Input> {
  power(): DisplayPower;
  setPower(isOn: boolean): void;
  /** Switched off at the wall and on again: it wakes in standby. */
  losePower(): void;
  input: Input;
  /** 0 to 100. */
  volume: number;
  isMuted: boolean;
  isBlank: boolean;
}

export function createDisplayModel<Input>(deps: {
  input: Input;
  /** From power on until it is on; as long until it is off. */
  warmUpMs: number;
  clock: Clock;
}): DisplayModel<Input> {
  const { warmUpMs, clock } = deps;
  let isOn = true;
  let settledAtMs = clock.monotonicMs();
  return {
    ...{ input: deps.input, volume: 20, isMuted: false, isBlank: false },
    power() {
      if (clock.monotonicMs() >= settledAtMs) return isOn ? 'on' : 'standby';
      return isOn ? 'warmingUp' : 'coolingDown';
    },
    setPower(next) {
      if (next === isOn) return;
      isOn = next;
      settledAtMs = clock.monotonicMs() + warmUpMs;
    },
    losePower() {
      isOn = false;
      settledAtMs = clock.monotonicMs();
    },
  };
}
