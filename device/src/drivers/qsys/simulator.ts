import type { Clock } from '@anteroom/shared/time/clock.ts';
import { z } from 'zod';
import {
  type Controller,
  createSimulatedBody,
  type SimulatedDevice,
  type SimulatorMode,
} from '../../ports/simulated-device.ts';
import type { QsysFacts } from './codec.ts';
import type { QsysAccess } from './exchanges.ts';

/**
 * A Q-SYS core with the named controls of a profile. `strict` wants an id and the version of JSON-RPC; `lenient` takes
 * numbers for switches and answers with them, as some designs do.
 */
export interface QsysSimulator extends SimulatedDevice {
  truth: Map<string, number | boolean>;
  /** By hand, or by another program of the room. */
  change(control: string, value: number | boolean): void;
  loaded: string[];
  /** It is the spare of a redundant pair, and does nothing. */
  standBy(isStandby: boolean): void;
}

export type QsysSimulatorDeps = { facts: QsysFacts; access: QsysAccess; mode: SimulatorMode; clock: Clock };

type Session = { controller: Controller; isTrusted: boolean; groups: Map<string, Set<string>>; watched: Set<string> };
type Answer = { result: unknown } | { code: number; message: string };

const request = z.object({
  jsonrpc: z.literal('2.0').optional(),
  id: z.number().optional(),
  method: z.string(),
  params: z.unknown().optional(),
});
const logon = z.object({ User: z.string(), Password: z.string() });
const setting = z.object({ Name: z.string(), Value: z.union([z.number(), z.boolean()]) });
const group = z.object({ Id: z.string(), Controls: z.array(z.string()).default([]), Rate: z.number().optional() });
const snapshot = z.object({ Name: z.string(), Bank: z.number() });

const refused = (code: number, message: string): Answer => ({ code, message });
const groupsAtMost = 4;

export function createQsysSimulator({ facts, access, mode }: QsysSimulatorDeps): QsysSimulator {
  const truth = new Map<string, number | boolean>();
  const loaded: string[] = [];
  const sessions = new Set<Session>();
  let isStandby = false;
  const body = createSimulatedBody({ begin, onPowerCycle: reset, controllersAtMost: 32 });
  reset();

  function reset(): void {
    sessions.clear();
    for (const { gain, mute } of Object.values(facts.channels)) {
      if (gain) truth.set(gain.control, 0);
      if (mute) truth.set(mute, false);
    }
  }

  const send = (controller: Controller, message: unknown) =>
    controller.send(Uint8Array.from(Buffer.from(`${JSON.stringify(message)}\0`)));

  const status = () => ({
    ...{
      Platform: 'Core 110f',
      State: isStandby ? 'Standby' : 'Active',
      DesignName: 'Boardroom',
      DesignCode: 'qALFilm6IcAz',
    },
    ...{ IsRedundant: false, IsEmulator: true, Status: { Code: 0, String: 'OK' } },
  });

  function begin(controller: Controller): (bytes: Uint8Array) => void {
    const session: Session = { controller, isTrusted: access === null, groups: new Map(), watched: new Set() };
    sessions.add(session);
    send(controller, { jsonrpc: '2.0', method: 'EngineStatus', params: status() });
    let held = '';
    return (bytes) => {
      held += Buffer.from(bytes).toString('utf8');
      const whole = held.split('\0');
      held = whole.pop() ?? '';
      for (const text of whole) follow(text, session);
    };
  }

  function follow(text: string, session: Session): void {
    const parsed = request.safeParse(jsonOf(text));
    if (!parsed.success || (mode === 'strict' && parsed.data.jsonrpc === undefined)) {
      send(session.controller, { jsonrpc: '2.0', id: null, error: refused(-32600, 'Invalid request') });
      return;
    }
    const { id, method, params } = parsed.data;
    const answer = answerTo(method, params, session);
    if (id === undefined) return;
    const outcome = 'result' in answer ? answer : { error: answer };
    send(session.controller, { jsonrpc: '2.0', id, ...outcome });
  }

  function answerTo(method: string, params: unknown, session: Session): Answer {
    if (body.isBusy()) return refused(-32604, 'Server error');
    if (method === 'NoOp') return { result: true };
    if (method === 'StatusGet') return { result: status() };
    if (method === 'Logon') return logOn(params, session);
    if (!session.isTrusted) return refused(10, 'Logon required');
    if (isStandby) return refused(4, 'Core is on standby');
    switch (method) {
      case 'Control.Get':
        return get(params);
      case 'Control.Set':
        return set(params);
      case 'ChangeGroup.AddControl':
        return addToGroup(params, session);
      case 'ChangeGroup.AutoPoll':
        return watch(params, session);
      case 'Snapshot.Load':
        return load(params);
      default:
        return refused(-32601, 'Method not found');
    }
  }

  function logOn(params: unknown, session: Session): Answer {
    const { data } = logon.safeParse(params);
    session.isTrusted = access === null || (data?.User === access.user && data.Password === access.password);
    return session.isTrusted ? { result: true } : refused(10, 'Logon required');
  }

  function controlOf(name: string) {
    const now = truth.get(name) ?? 0;
    const shown = typeof now === 'boolean' ? now !== body.isLying() : now;
    const Value = mode === 'lenient' ? Number(shown) : shown;
    return { Name: name, Value, String: String(shown), Position: Number(shown) };
  }

  function get(params: unknown): Answer {
    const names = z.array(z.string()).safeParse(params).data;
    if (!names) return refused(-32602, 'Invalid params');
    const unknown = names.find((name) => !truth.has(name));
    return unknown === undefined ? { result: names.map(controlOf) } : refused(7, `Unknown control '${unknown}'`);
  }

  function set(params: unknown): Answer {
    const { data } = setting.safeParse(params);
    if (!data) return refused(-32602, 'Invalid params');
    const now = truth.get(data.Name);
    if (now === undefined) return refused(7, `Unknown control '${data.Name}'`);
    change(data.Name, typeof now === 'boolean' ? Boolean(data.Value) : Number(data.Value));
    return { result: controlOf(data.Name) };
  }

  function addToGroup(params: unknown, session: Session): Answer {
    const { data } = group.safeParse(params);
    if (!data) return refused(-32602, 'Invalid params');
    if (!session.groups.has(data.Id) && session.groups.size >= groupsAtMost) return refused(-32604, 'Too many groups');
    session.groups.set(data.Id, new Set([...(session.groups.get(data.Id) ?? []), ...data.Controls]));
    return { result: true };
  }

  function watch(params: unknown, session: Session): Answer {
    const { data } = group.safeParse(params);
    if (!data || !session.groups.has(data.Id)) return refused(5, 'Unknown change group');
    session.watched.add(data.Id);
    return { result: true };
  }

  function load(params: unknown): Answer {
    const { data } = snapshot.safeParse(params);
    const known = Object.values(facts.presets).some(({ bank, number }) => bank === data?.Name && number === data.Bank);
    if (!data || !known) return refused(-32602, 'Invalid params');
    loaded.push(`${data.Name} ${data.Bank}`);
    return { result: true };
  }

  function change(name: string, value: number | boolean): void {
    truth.set(name, value);
    for (const { controller, groups, watched } of sessions) {
      for (const Id of watched) {
        if (!groups.get(Id)?.has(name)) continue;
        send(controller, { jsonrpc: '2.0', method: 'ChangeGroup.Poll', params: { Id, Changes: [controlOf(name)] } });
      }
    }
  }

  return {
    ...body,
    ...{ truth, loaded, change },
    standBy(now) {
      isStandby = now;
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // As a core does, it refuses what is no JSON like any other nonsense.
    return null;
  }
}
