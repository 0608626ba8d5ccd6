import type { Clock } from '@anteroom/shared/time/clock.ts';
import {
  type Controller,
  createSimulatedBody,
  type SimulatedDevice,
  type SimulatorMode,
} from '../../ports/simulated-device.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import type { ExtronFacts } from './codec.ts';

/** A matrix of Extron. `lenient` answers questions in words (`Vol30`) where `strict` has only the number. */
export interface ExtronSimulator extends SimulatedDevice {
  truth: { video: Map<number, number>; audio: Map<number, number>; volume: number; isMuted: boolean };
  /** Somebody presses buttons on its front. */
  pressRoute(input: number, output: number): void;
  /** Its next command is answered with this error. */
  refuse(code: number): void;
}

export type ExtronSimulatorDeps = { facts: ExtronFacts; password: string | null; mode: SimulatorMode; clock: Clock };

/** As a switcher does over telnet, it takes a W for ESC: both begin a longer instruction. */
const esc = '\u001b';
const instruction = /^(?:W(?<escaped>[^\r]*)\r|(?<plain>[0-9*]*[!%$.,VZNIQ&]))[\r\n]*/;

export function createExtronSimulator({ facts, password, mode }: ExtronSimulatorDeps): ExtronSimulator {
  const truth = { video: new Map<number, number>(), audio: new Map<number, number>(), volume: 30, isMuted: false };
  const presets = new Map<number, { video: Map<number, number>; audio: Map<number, number> }>();
  const refusals: number[] = [];
  const body = createSimulatedBody({ begin, onPowerCycle: () => undefined, controllersAtMost: 16 });
  for (let output = 1; output <= facts.outputs; output++) {
    truth.video.set(output, 1);
    truth.audio.set(output, 1);
  }

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    const say = (text: string) => controller.send(toBytes(`${text}\r\n`));
    let isTrusted = password === null;
    let held = '';
    say('(c) Copyright 2014, Extron Electronics, DXP 88 HDMI, V1.02, 60-882-01\r\nMon, 05 Jan 2026 09:00:00');
    if (!isTrusted) controller.send(toBytes('\r\nPassword:'));
    return (bytes) => {
      held += Buffer.from(bytes).toString('latin1').replaceAll(esc, 'W');
      if (!isTrusted) {
        const line = /^([^\r\n]*)[\r\n]+/.exec(held);
        if (!line) return;
        held = held.slice(line[0].length);
        isTrusted = line[1] === password;
        if (isTrusted) say('Login Administrator');
        else controller.send(toBytes('\r\nPassword:'));
        return;
      }
      for (let found = next(held); found; found = next(held)) {
        held = found.rest;
        const answer = answerTo(found.text);
        if (answer) say(answer);
      }
    };
  }

  /** The first instruction in `text`, and what comes after it; what cannot begin one is skipped. */
  function next(text: string): { text: string; rest: string } | null {
    for (let start = 0; start < text.length; start++) {
      const found = instruction.exec(text.slice(start));
      if (found)
        return {
          text: found.groups?.plain ?? `W${found.groups?.escaped}`,
          rest: text.slice(start + found[0].length),
        };
      if (text[start] === 'W' || /[0-9*]/.test(text[start] ?? '')) return null;
    }
    return null;
  }

  function answerTo(text: string): string {
    const code = refusals.shift();
    if (body.isBusy() && text.length > 1) return 'E22';
    if (code !== undefined) return `E${String(code).padStart(2, '0')}`;
    if (text === 'W3CV') return 'Vrb3';
    if (text === 'N') return '60-882-01';
    const {
      first = '',
      second,
      sign = '',
    } = /^(?<first>\d*)(?:\*(?<second>\d+))?(?<sign>\D)$/.exec(text)?.groups ?? {};
    const number = Number(first);
    switch (sign) {
      case '!':
      case '%':
      case '$':
        return second === undefined && facts.outputs > 1
          ? tieOf(number, sign)
          : route(number, Number(second ?? 1), sign);
      case 'V':
        return volume(first);
      case 'Z':
        return mute(first);
      case '.':
      case ',':
        return preset(number, sign);
      default:
        return 'E10';
    }
  }

  const layerNames: Readonly<Record<string, string>> = { '!': 'All', '%': 'Vid', $: 'Aud' };

  function route(input: number, output: number, sign: string): string {
    if (input > facts.inputs) return 'E01';
    if (output < 1 || output > facts.outputs) return 'E12';
    if (sign !== '$') truth.video.set(output, input);
    if (sign !== '%') truth.audio.set(output, input);
    return facts.outputs === 1 ? `In${input} ${layerNames[sign]}` : `Out${output} In${input} ${layerNames[sign]}`;
  }

  function tieOf(output: number, sign: string): string {
    const input = (sign === '$' ? truth.audio : truth.video).get(output);
    if (input === undefined) return 'E12';
    return mode === 'lenient' ? `Out${output} In${input} ${layerNames[sign]}` : String(input);
  }

  function volume(first: string): string {
    if (!facts.hasSound) return 'E14';
    if (first === '') return mode === 'lenient' ? `Vol${truth.volume}` : String(truth.volume);
    if (Number(first) > 100) return 'E13';
    truth.volume = Number(first);
    return `Vol${truth.volume}`;
  }

  function mute(first: string): string {
    if (!facts.hasSound) return 'E14';
    const told = truth.isMuted !== body.isLying() ? 1 : 0;
    if (first === '') return mode === 'lenient' ? `Amt${told}` : String(told);
    truth.isMuted = first === '1';
    return `Amt${first}`;
  }

  function preset(number: number, sign: string): string {
    if (number < 1 || number > facts.presets) return 'E11';
    if (sign === ',') {
      presets.set(number, { video: new Map(truth.video), audio: new Map(truth.audio) });
      return `Spr${number}`;
    }
    const kept = presets.get(number);
    truth.video = new Map(kept?.video ?? truth.video);
    truth.audio = new Map(kept?.audio ?? truth.audio);
    return `Rpr${number}`;
  }

  return {
    ...body,
    truth,
    refuse: (code) => void refusals.push(code),
    pressRoute: (input, output) => body.tellAll(toBytes(`${route(input, output, '!')}\r\n`)),
  };
}
