import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { DisplayPower } from '../../ports/display.ts';
import { createDisplayModel, type DisplayModel } from '../../ports/display-model.ts';
import {
  type Controller,
  createSimulatedBody,
  type SimulatedDevice,
  type SimulatorMode,
} from '../../ports/simulated-device.ts';
import { createLineDecoder, toBytes } from '../../ports/text-decoder.ts';
import { digestOf, longestLine, type PjlinkFacts } from './codec.ts';

/**
 * A projector that speaks PJLink. One of class 2 also tells what changed in it, and that it has come to the network, to
 * whoever is to hear it. `strict` follows the specification; `lenient` answers in lower case and says
 * nothing to what it does not know, as some do.
 */
export interface PjlinkSimulator extends SimulatedDevice {
  truth: DisplayModel<string>;
  parts: { fan: number; lamp: number; temperature: number; cover: number; filter: number; other: number };
  /** Each command is answered with ERR4. */
  fail(isFailing: boolean): void;
  /** Somebody took its inputs away: they are no parameters any more. */
  forgetInputs(): void;
}

export type PjlinkSimulatorDeps = {
  facts: PjlinkFacts;
  pjlinkClass: 1 | 2;
  /** Empty: it wants none. */
  password: string;
  mode: SimulatorMode;
  warmUpMs: number;
  clock: Clock;
};

/** JBMIA: a projector ends a connection on which nothing was said for so long. */
const idleMs = 30_000;
const random = '498e4a67';
/** How often it looks at itself for what to tell. */
const lookEveryMs = 50;
const macAddress = '02:00:5e:10:00:01';
const powerDigits: Readonly<Record<DisplayPower, string>> = { standby: '0', on: '1', coolingDown: '2', warmingUp: '3' };

export function createPjlinkSimulator(deps: PjlinkSimulatorDeps): PjlinkSimulator {
  const { facts, pjlinkClass, password, mode, warmUpMs, clock } = deps;
  const truth = createDisplayModel({ input: Object.values(facts.inputs)[0] ?? '31', warmUpMs, clock });
  const parts = { fan: 0, lamp: 0, temperature: 0, cover: 0, filter: 0, other: 0 };
  const body = createSimulatedBody({ begin, onPowerCycle: comeBack, controllersAtMost: 1 });
  const hearers = new Set<(datagram: Uint8Array) => void>();
  let isFailing = false;
  let inputs = Object.values(facts.inputs);
  wake();

  function comeBack(): void {
    truth.losePower();
    tell(`%2LKUP=${macAddress}`);
    wake();
  }

  function wake(): void {
    if (pjlinkClass === 2) watchItself(body.powered()).catch(() => undefined); // Its power went.
  }

  async function watchItself(powered: AbortSignal): Promise<void> {
    for (let before = status(); ; ) {
      await clock.sleep(lookEveryMs, { signal: powered });
      const now = status();
      for (const line of now) if (!before.includes(line)) tell(line);
      before = now;
    }
  }

  /** Everything that it tells when it changes. */
  function status(): string[] {
    return [`%2POWR=${powerDigits[saidPower()]}`, `%2INPT=${truth.input}`, `%2ERST=${Object.values(parts).join('')}`];
  }

  function tell(line: string): void {
    for (const hearer of [...hearers]) hearer(toBytes(`${line}\r`));
  }

  function saidPower(): DisplayPower {
    return body.isLying() ? opposite(truth.power()) : truth.power();
  }

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    const lines = createLineDecoder({ ends: '\r', longest: longestLine });
    const say = (text: string) => controller.send(toBytes(`${text}\r`));
    let isTrusted = password === '';
    let idle = hangUpLater(controller);
    say(password === '' ? 'PJLINK 0' : `PJLINK 1 ${random}`);
    return (bytes) => {
      idle.abort();
      idle = hangUpLater(controller);
      for (const line of lines.push(bytes)) {
        const proof = digestOf(random, password);
        const isProven = !isTrusted && line.startsWith(proof);
        isTrusted ||= isProven;
        if (!isTrusted) {
          say('PJLINK ERRA');
          controller.hangUp();
          return;
        }
        const answer = answerTo(isProven ? line.slice(proof.length) : line);
        if (answer !== null) say(mode === 'lenient' ? answer.replace(/^[^=]+/, (head) => head.toLowerCase()) : answer);
      }
    };
  }

  function hangUpLater(controller: Controller): AbortController {
    const stop = new AbortController();
    clock.sleep(idleMs, { signal: AbortSignal.any([stop.signal, body.powered()]) }).then(
      () => controller.hangUp(),
      () => undefined, // Something was said, or its power went.
    );
    return stop;
  }

  function answerTo(line: string): string | null {
    const { head, name, value } = /^(?<head>%[12](?<name>[A-Z0-9]{4})) (?<value>.*)$/i.exec(line)?.groups ?? {};
    if (head === undefined || name === undefined || value === undefined) return null;
    const result = resultOf(name.toUpperCase(), value);
    if (result === 'ERR1' && mode === 'lenient') return null;
    return `${head.toUpperCase()}=${result}`;
  }

  function resultOf(name: string, value: string): string {
    if (isFailing && value !== '?') return 'ERR4';
    if (body.isBusy() && name !== 'CLSS') return 'ERR3';
    switch (name) {
      case 'POWR':
        return power(value);
      case 'INPT':
        return input(value);
      case 'AVMT':
        return mute(value);
      case 'ERST':
        return Object.values(parts).join('');
      case 'LAMP':
        return `1234 ${truth.power() === 'on' ? 1 : 0}`;
      case 'INST':
        return inputs.join(' ');
      case 'CLSS':
        return String(pjlinkClass);
      default:
        return names[name] ?? (pjlinkClass === 2 ? namesOfClass2[name] : undefined) ?? 'ERR1';
    }
  }

  function power(value: string): string {
    if (value === '?') return powerDigits[saidPower()];
    const now = truth.power();
    if (value !== '0' && value !== '1') return 'ERR2';
    if (now === 'coolingDown' || now === 'warmingUp') return 'ERR3';
    truth.setPower(value === '1');
    return 'OK';
  }

  function input(value: string): string {
    if (value !== '?' && !inputs.includes(value)) return 'ERR2';
    if (truth.power() !== 'on') return 'ERR3';
    if (value === '?') return truth.input;
    truth.input = value;
    return 'OK';
  }

  function mute(value: string): string {
    if (facts.muting === 'none') return 'ERR1';
    if (value !== '?' && !(facts.muting === 'separate' ? /^[123][01]$/ : /^3[01]$/).test(value)) return 'ERR2';
    if (truth.power() !== 'on') return 'ERR3';
    if (value === '?') {
      if (truth.isBlank) return truth.isMuted ? '31' : '11';
      return truth.isMuted ? '21' : '30';
    }
    if (value[0] !== '2') truth.isBlank = value[1] === '1';
    if (value[0] !== '1') truth.isMuted = value[1] === '1';
    return 'OK';
  }

  function subscribeNotices(listener: (datagram: Uint8Array) => void): () => void {
    hearers.add(listener);
    return () => hearers.delete(listener);
  }

  return {
    ...body,
    ...{ truth, parts },
    ...(pjlinkClass === 2 ? { subscribeNotices } : {}),
    fail(now) {
      isFailing = now;
    },
    forgetInputs() {
      inputs = [];
    },
  };
}

const opposite = (power: DisplayPower): DisplayPower => (power === 'on' ? 'standby' : 'on');

const names: Readonly<Record<string, string>> = {
  NAME: 'Room 1',
  INF1: 'Anteroom',
  INF2: 'Simulated projector',
  INFO: '',
};

const namesOfClass2: Readonly<Record<string, string>> = { SNUM: 'A1B2C3', SVER: '1.0', IRES: '1920x1080' };
