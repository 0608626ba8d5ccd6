import type { Clock } from '@anteroom/shared/time/clock.ts';
import {
  type Controller,
  createSimulatedBody,
  type SimulatedDevice,
  type SimulatorMode,
} from '../../ports/simulated-device.ts';
import { createLineDecoder, toBytes } from '../../ports/text-decoder.ts';
import type { TesiraAttribute, TesiraFacts } from './codec.ts';
import type { TesiraAccess } from './exchanges.ts';

/** A Tesira with the blocks of a profile. `lenient` echoes what it is told, as telnet does, and ends lines with CR LF. */
export interface TesiraSimulator extends SimulatedDevice {
  truth(tag: string, attribute: TesiraAttribute, index: number): number | boolean | undefined;
  /** By hand, or by another program of the room. */
  change(tag: string, attribute: TesiraAttribute, index: number, value: number | boolean): void;
  /** A configuration is sent to it that has these attributes, written as `tag attribute index`. */
  configure(attributes: readonly string[]): void;
  recalled: number[];
  faults: string[];
}

export type TesiraSimulatorDeps = { facts: TesiraFacts; access: TesiraAccess; mode: SimulatorMode; clock: Clock };

const key = (tag: string, attribute: string, index: number | string) => `${tag} ${attribute} ${index}`;
const linePattern = /^(?:"(?<quoted>[^"]+)"|(?<bare>\S+)) (?<verb>[a-zA-Z]+)(?: (?<rest>.*))?$/;

export function createTesiraSimulator({ facts, access, mode }: TesiraSimulatorDeps): TesiraSimulator {
  const values = new Map<string, number | boolean>();
  const ranges = new Map<string, { leastDb: number; mostDb: number }>();
  const recalled: number[] = [];
  const faults: string[] = [];
  const subscribers = new Set<{ controller: Controller; key: string; token: string }>();
  const end = mode === 'lenient' ? '\r\n' : '\n';
  const body = createSimulatedBody({ begin, onPowerCycle: reset, controllersAtMost: 32 });
  reset();

  function reset(): void {
    subscribers.clear();
    for (const { gain, mute } of Object.values(facts.channels)) {
      if (gain) values.set(key(gain.tag, 'level', gain.index), 0);
      if (gain) ranges.set(key(gain.tag, 'level', gain.index), gain);
      if (mute) values.set(key(mute.tag, 'mute', mute.index), false);
    }
  }

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    const lines = createLineDecoder({ ends: '\r\n', longest: 1_000 });
    const say = (text: string) => controller.send(toBytes(`${text}${end}`));
    const welcome = () => say(`${end}Welcome to the Tesira Text Protocol Server...${end}`);
    const said: string[] = [];
    const ask = (prompt: string) => controller.send(toBytes(`${end}${prompt}: `));
    if (access) ask('login');
    else welcome();

    function logIn(line: string, { user, password }: NonNullable<TesiraAccess>): void {
      said.push(line);
      if (said.length === 1) ask('Password');
      else if (said[0] === user && said[1] === password) welcome();
      else {
        said.length = 0;
        ask('login');
      }
    }
    const isTrusted = () => access === null || said.length === 2;

    return (bytes) => {
      for (const line of lines.push(bytes)) {
        if (access && !isTrusted()) {
          logIn(line.trim(), access);
          continue;
        }
        if (mode === 'lenient') say(line);
        say(answerTo(line.trim(), controller));
      }
    };
  }

  function answerTo(line: string, controller: Controller): string {
    if (body.isBusy()) return '-GENERAL_FAILURE';
    const { quoted, bare, verb, rest = '' } = linePattern.exec(line)?.groups ?? {};
    const tag = quoted ?? bare;
    if (tag === undefined || verb === undefined) return '-ERR Parse error';
    if (tag === 'SESSION') return session(verb, rest);
    if (tag === 'DEVICE') return device(verb, rest);
    return block(tag, verb, rest.split(' '), controller);
  }

  function session(verb: string, rest: string): string {
    if (verb === 'set') {
      return /^(verbose|detailedResponse) (true|false)$/.test(rest) ? '+OK' : '-ERR INVALID_PARAMETERS';
    }
    if (verb !== 'get' || rest !== 'aliases') return '-ERR NOT_SUPPORTED';
    const tags = Object.values(facts.channels).flatMap(({ gain, mute }) => [gain?.tag ?? [], mute?.tag ?? []].flat());
    return `+OK "list":[${[...new Set(tags)].map((each) => `"${each}"`).join(' ')}]`;
  }

  function device(verb: string, rest: string): string {
    if (verb === 'recallPreset') {
      const preset = Number(rest);
      if (!Object.values(facts.presets).includes(preset)) return '-ERR INVALID_PARAMETERS';
      recalled.push(preset);
      return '+OK';
    }
    if (verb === 'get' && rest === 'hostname') return '+OK "value":"TesiraForte1"';
    if (verb === 'get' && rest === 'version') return '+OK "value":"4.7.0.18"';
    if (verb === 'get' && rest === 'serialNumber') return '+OK "value":"01234567"';
    if (verb === 'get' && rest === 'activeFaultList') return `+OK "value":[${faultEntry()}]`;
    return '-ERR NOT_SUPPORTED';
  }

  function faultEntry(): string {
    const serial = '"serialNumber":"01234567"';
    if (faults.length === 0) return `{"id":INDICATOR_NONE_IN_DEVICE "name":"No fault in device" "faults":[] ${serial}}`;
    const list = faults.map((name) => `{"id":FAULT_OTHER "name":"${name}"}`).join(' ');
    return `{"id":INDICATOR_MAJOR_IN_DEVICE "name":"Major Fault in Device" "faults":[${list}] ${serial}}`;
  }

  function block(tag: string, verb: string, [attribute = '', index = '', ...more]: string[], from: Controller): string {
    const at = key(tag, attribute, index);
    const value = values.get(at);
    if (![...values.keys()].some((each) => each.startsWith(`${tag} `))) {
      return `-ERR address not found: {"deviceId":0 "classCode":0 "instanceNum":0}`;
    }
    if (value === undefined) return '-ERR INVALID_PARAMETERS';
    const [first = '', rate] = more;
    switch (verb) {
      case 'get':
        return `+OK "value":${written(value)}`;
      case 'set':
        return set(at, first);
      case 'toggle':
        return typeof value === 'boolean' ? set(at, String(!value)) : '-ERR NOT_SUPPORTED';
      case 'increment':
      case 'decrement':
        return typeof value === 'number'
          ? set(at, String(value + Number(first) * (verb === 'increment' ? 1 : -1)))
          : '-ERR NOT_SUPPORTED';
      case 'subscribe':
        if (first === '' || rate === undefined) return '-ERR INVALID_PARAMETERS';
        subscribers.add({ controller: from, key: at, token: first });
        // The first publication comes before the answer.
        return `${publication(first, value)}${end}+OK`;
      case 'unsubscribe':
        for (const each of subscribers) if (each.key === at && each.token === first) subscribers.delete(each);
        return '+OK';
      default:
        return '-ERR NOT_SUPPORTED';
    }
  }

  function set(at: string, text: string): string {
    const range = ranges.get(at);
    const next = range ? Number(text) : text === 'true' ? true : text === 'false' ? false : null;
    if (next === null || Number.isNaN(next)) return '-ERR INVALID_PARAMETERS';
    if (range && typeof next === 'number' && (next < range.leastDb || next > range.mostDb)) {
      return '-ERR INVALID_PARAMETERS';
    }
    become(at, next);
    return '+OK';
  }

  function become(at: string, value: number | boolean): void {
    values.set(at, value);
    for (const { controller, key: which, token } of subscribers) {
      if (which === at) controller.send(toBytes(`${publication(token, value)}${end}`));
    }
  }

  const publication = (token: string, value: number | boolean) =>
    `! "publishToken":"${token}" "value":${written(value)}`;

  function written(value: number | boolean): string {
    if (typeof value === 'number') return value.toFixed(6);
    return String(value !== body.isLying());
  }

  return {
    ...body,
    ...{ recalled, faults },
    configure(attributes) {
      values.clear();
      for (const each of attributes) values.set(each, false);
    },
    truth: (tag, attribute, index) => values.get(key(tag, attribute, index)),
    change: (tag, attribute, index, value) => become(key(tag, attribute, index), value),
  };
}
