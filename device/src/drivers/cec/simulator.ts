import type { Clock } from '@anteroom/shared/time/clock.ts';
import { createDisplayModel, type DisplayModel } from '../../ports/display-model.ts';
import { createPlayedPrograms, inLines } from '../../ports/played-programs.ts';
import type { RunProgram } from '../../ports/programs.ts';
import type { SimulatedDevice } from '../../ports/simulated-device.ts';

/** A display at the other end of HDMI, and cec-ctl as a driver runs it. Its words are those of v4l-utils 1.22. */
export interface CecSimulator extends SimulatedDevice {
  run: RunProgram;
  truth: DisplayModel<string>;
  /** Nothing at the plug: messages are acknowledged by nobody. */
  setPlugged(isPlugged: boolean): void;
  /** It knows of no command; or answers nothing. */
  misbehave(how: 'abort' | 'silence' | null): void;
  ran: string[];
}

const powers = {
  on: 'on (0x00)',
  standby: 'standby (0x01)',
  warmingUp: 'to-on (0x02)',
  coolingDown: 'to-standby (0x03)',
};

export function createCecSimulator({ warmUpMs, clock }: { warmUpMs: number; clock: Clock }): CecSimulator {
  const truth = createDisplayModel({ input: 'tuner', warmUpMs, clock });
  const ran: string[] = [];
  let isPlugged = true;
  let osdName = '';
  let isLying = false;
  let how: 'abort' | 'silence' | null = null;

  const adapter = () =>
    [
      `\tPhysical Address           : ${isPlugged ? '1.0.0.0' : 'f.f.f.f'}`,
      `\tLogical Address Mask       : ${isPlugged && osdName !== '' ? '0x0010' : '0x0000'}`,
      `\tOSD Name                   : '${osdName}'`,
      '',
    ].join('\n');

  function answerTo(text: string): string {
    if (text.includes('--playback')) osdName = / -o (?<name>.*)$/.exec(text)?.groups?.name ?? '';
    if (!text.includes('--to') && !text.includes('--active-source')) return adapter();
    if (text.includes('--active-source')) {
      if (isPlugged) truth.input = 'terminal';
      return 'Transmit from Playback Device 1 to all (4 to 15):\nACTIVE_SOURCE (0x82):\n\tphys-addr: 1.0.0.0\n';
    }
    if (!isPlugged) return '\tTx, Not Acknowledged (1), Max Retries\n';
    if (how === 'abort')
      return '    Received from TV (0 to 4):\n    FEATURE_ABORT (0x00):\n\tFeature Abort, reason: unrecognized-op (0x00)\n';
    if (how === 'silence') return '\tRx, Timeout\n';
    if (text.includes('--image-view-on')) truth.setPower(true);
    if (text.includes('--standby')) truth.setPower(false);
    if (text.includes('--give-osd-name'))
      return '    Received from TV (0 to 4):\n    SET_OSD_NAME (0x47):\n\tname: Wall TV\n';
    if (!text.includes('--give-device-power-status')) return 'Transmit from Playback Device 1 to TV (4 to 0):\n';
    const told = isLying ? (truth.power() === 'on' ? 'standby' : 'on') : truth.power();
    return `    Received from TV (0 to 4):\n    REPORT_POWER_STATUS (0x90):\n\tpwr-state: ${powers[told]}\n`;
  }

  const run: RunProgram = async (program, args, { signal }) => {
    signal.throwIfAborted();
    ran.push([program, ...args].join(' '));
    return answerTo(args.join(' '));
  };
  const played = createPlayedPrograms({
    run: inLines(run),
    setBusy(isBusy) {
      how = isBusy ? 'silence' : null;
    },
    setLying(now) {
      isLying = now;
    },
  });

  return {
    ...played,
    ...{ run, truth, ran },
    powerCycle() {
      truth.losePower();
      played.powerCycle();
    },
    setPlugged(now) {
      isPlugged = now;
    },
    misbehave(now) {
      how = now;
    },
  };
}
