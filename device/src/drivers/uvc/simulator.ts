import { createPlayedPrograms, inLines } from '../../ports/played-programs.ts';
import type { RunProgram } from '../../ports/programs.ts';
import type { SimulatedDevice } from '../../ports/simulated-device.ts';
import type { ControlRange, UvcControl } from './codec.ts';

/** A USB camera behind v4l2-ctl, whose words are those of v4l-utils 1.22. */
export interface UvcSimulator extends SimulatedDevice {
  run: RunProgram;
  truth: Map<UvcControl, ControlRange>;
  /** Unplugged: its device is not there. */
  setPlugged(isPlugged: boolean): void;
  ran: string[];
}

const range = (least: number, most: number, step: number, value: number): ControlRange => ({
  least,
  most,
  step,
  value,
});
const ids: Readonly<Record<UvcControl, string>> = {
  ...{ pan_absolute: '009a0908', tilt_absolute: '009a0909', zoom_absolute: '009a090d' },
  ...{ pan_speed: '009a0920', tilt_speed: '009a0921', zoom_continuous: '009a090f' },
};

const ranges: Readonly<Record<UvcControl, ControlRange>> = {
  pan_absolute: range(-522_000, 522_000, 3_600, 0),
  tilt_absolute: range(-324_000, 324_000, 3_600, 0),
  zoom_absolute: range(100, 500, 1, 100),
  pan_speed: range(-7, 7, 1, 0),
  tilt_speed: range(-7, 7, 1, 0),
  zoom_continuous: range(-3, 3, 1, 0),
};

export function createUvcSimulator({ controls }: { controls: readonly UvcControl[] }): UvcSimulator {
  const truth = new Map(controls.map((control) => [control, ranges[control]]));
  const ran: string[] = [];
  let isPlugged = true;
  let isBusy = false;
  let isLying = false;

  function set(list: string): void {
    for (const each of list.split(',')) {
      const [name = '', value] = each.split('=');
      const found = [...truth].find(([control]) => control === name);
      if (!found) throw new Error(`v4l2-ctl: unknown control '${name}'`);
      const [control, its] = found;
      const next = Number(value);
      if (next < its.least || next > its.most) throw new Error(`v4l2-ctl: ${name}: Numerical result out of range`);
      truth.set(control, { ...its, value: next });
    }
  }

  const run: RunProgram = async (program, args, { signal }) => {
    signal.throwIfAborted();
    ran.push([program, ...args].join(' '));
    if (!isPlugged) throw new Error('v4l2-ctl: Cannot open device, exiting.');
    if (isBusy && args.includes('-c')) throw new Error('v4l2-ctl: VIDIOC_S_EXT_CTRLS: failed: Device or resource busy');
    if (args.includes('-c')) {
      set(args.at(-1) ?? '');
      return '';
    }
    const lines = [...truth].map(([name, { least, most, step, value }]) => {
      const told = isLying ? -value : value;
      return `${name.padStart(31)} 0x${ids[name]} (int)    : min=${least} max=${most} step=${step} default=${least} value=${told}`;
    });
    return `\nCamera Controls\n\n${lines.join('\n')}\n`;
  };
  const played = createPlayedPrograms({
    run: inLines(run),
    setBusy(now) {
      isBusy = now;
    },
    setLying(now) {
      isLying = now;
    },
  });

  return {
    ...played,
    ...{ run, truth, ran },
    powerCycle() {
      // Its controls are what they were at first.
      for (const control of truth.keys()) truth.set(control, ranges[control]);
      played.powerCycle();
    },
    setPlugged(now) {
      isPlugged = now;
    },
  };
}
