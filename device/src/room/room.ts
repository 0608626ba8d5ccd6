import { isDeepStrictEqual } from 'node:util';
import type {
  DeviceProperty,
  DeviceTouch,
  DeviceTouchRefusal,
  PanelDevice,
  PanelDevices,
  PropertyValue,
} from '@anteroom/shared/panel/devices.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { RoomPlan } from '@anteroom/shared/profile/installation.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { RoomAccessory } from '../ports/room-accessory.ts';
import { type Attendant, attend } from './attendant.ts';
import { type ByHand, isByRoomAlone, release, setByHand, whyNotSet, withByHand } from './by-hand.ts';
import { type Phase, phaseOf } from './displays-wanted.ts';
import { rowOf } from './plan.ts';
import { propertiesOf } from './properties.ts';
import { readSensors } from './sensors.ts';
import { type Memory, situationOf } from './situation.ts';
import { deviceView, shortfallsOf, undrivenView } from './view.ts';
import type { Wish } from './wish.ts';
import { wishesOf } from './wishes.ts';

/**
 * The devices of a room and what it wants of them. It hears from the terminal what goes on, wants what the installation says
 * for that, and has each device attended; it opens no line and knows no driver.
 */
export interface Room extends AsyncDisposable {
  panel: RoomPanel;
  /** What the terminal's screens show now. */
  follow(state: PanelState): void;
  /** What is wrong with its devices, for the fleet. */
  shortfalls(): readonly Shortfall[];
  /** Calls the listener when that changes; returns what ends it. */
  onShortfalls(listener: () => void): () => void;
}

export type Shortfall = { what: string; why: string; since: string };

/** What the device page gets and gives. */
export interface RoomPanel {
  devices(): PanelDevices;
  /** Returns what ends the subscription. */
  onDevices(listener: (devices: PanelDevices) => void): () => void;
  /** Why the touch is not followed, else null. */
  touch(touch: DeviceTouch): DeviceTouchRefusal | null;
}

export type RoomDeps = {
  accessories: readonly RoomAccessory[];
  room: RoomPlan;
  clock: Clock;
  log: Logger;
};

/** What changes with time alone is wanted at most this late. */
const lookEveryMs = 1_000;

export function createRoom({ accessories, room, clock, log }: RoomDeps): Room {
  const attendants = new Map<string, Attendant>();
  const listeners = new Set<(devices: PanelDevices) => void>();
  const startedAt = clock.now().toISOString();
  const startedAtMs = Date.parse(startedAt);
  /** Null until the terminal has said what goes on: until then nothing is wanted. */
  let followed: PanelState | null = null;
  let memory: Memory = { lastCallAtMs: startedAtMs, lastOccupiedAtMs: startedAtMs };
  let phase: Phase | null = null;
  let byHand: ByHand = [];
  let wishes: readonly Wish[] = [];
  const shortfallListeners = new Set<() => void>();
  let isPushPlanned = false;
  let told: readonly Shortfall[] = [];

  for (const { name, address, found } of accessories) {
    if ('why' in found) continue;
    const attendant = attend({
      ...{ name, address, device: found.room, isLineOpen: found.isLineOpen, clock, log, onChange: changed },
      wishes: () => wishes.filter(({ device }) => device === name),
    });
    attendants.set(name, attendant);
  }

  function attendantOf(name: string): Attendant {
    const attendant = attendants.get(name);
    if (!attendant) throw new Error(`nobody attends ${name}`);
    return attendant;
  }

  function look(): void {
    const fresh = withByHand(followed ? roomWishes(followed) : [], byHand);
    // The fleet hears of a fault once it has lasted, which time alone decides.
    if (isDeepStrictEqual(fresh, wishes)) {
      tellShortfalls(document());
      return;
    }
    wishes = fresh;
    for (const attendant of attendants.values()) attendant.look();
    planPush();
  }

  function roomWishes(facts: PanelState): Wish[] {
    const sensed = readSensors(room, (name) => attendants.get(name)?.observed() ?? null);
    const situation = situationOf(facts, sensed, memory, clock.now().getTime());
    memory = situation;
    const next = phaseOf(situation, room.behaviour);
    if (phase !== null && phase !== next) byHand = [];
    phase = next;
    return wishesOf(situation, room);
  }

  /** What a sensor tells may change what is wanted. */
  function changed(): void {
    look();
    planPush();
  }

  function planPush(): void {
    if (isPushPlanned) return;
    isPushPlanned = true;
    // Changes made in one go are one push.
    queueMicrotask(() => {
      isPushPlanned = false;
      const devices = document();
      for (const listener of [...listeners]) listener(devices);
      tellShortfalls(devices);
    });
  }

  function tellShortfalls(devices: PanelDevices): void {
    const now = shortfallsOf(devices);
    if (isDeepStrictEqual(now, told)) return;
    told = now;
    for (const listener of [...shortfallListeners]) listener();
  }

  const language = () => followed?.language ?? 'en';

  function document(): PanelDevices {
    return { serverTime: clock.now().toISOString(), language: language(), devices: accessories.map(view) };
  }

  function view(accessory: RoomAccessory): PanelDevice {
    if ('why' in accessory.found) return undrivenView(accessory, accessory.found.why, startedAt);
    const attendant = attendantOf(accessory.name);
    const attended = { observed: attendant.observed(), done: attendant.done(), fault: attendant.fault() };
    return deviceView(accessory, attended, {
      wishes: wishes.filter(({ device }) => device === accessory.name),
      isByRoomAlone: (property) => isByRoomAlone(room, accessory.name, property),
      language: language(),
    });
  }

  function set(attendant: Attendant, wish: { device: string; property: DeviceProperty; value: PropertyValue }) {
    const row = rowOf(propertiesOf(attendant.observed(), language()), wish.property);
    const refusal = whyNotSet(row, wish.value, isByRoomAlone(room, wish.device, wish.property));
    if (refusal !== null) return refusal;
    byHand = setByHand(byHand, wish);
    attendant.retry();
    look();
    return null;
  }

  function touch(touched: DeviceTouch): DeviceTouchRefusal | null {
    const attendant = attendants.get(touched.device);
    if (!attendant) return accessories.some(({ name }) => name === touched.device) ? 'not_settable' : 'device_unknown';
    switch (touched.kind) {
      case 'set':
        return set(attendant, { device: touched.device, property: touched.property, value: touched.value });
      case 'release':
        byHand = release(byHand, touched.device);
        look();
        return null;
      case 'ask':
        attendant.ask();
        return null;
    }
  }

  const ended = new AbortController();
  async function lookAgain(): Promise<void> {
    while (!ended.signal.aborted) {
      await clock.sleep(lookEveryMs, { signal: ended.signal }).catch(() => {}); // The room ends: so does the loop.
      if (!ended.signal.aborted) look();
    }
  }
  const looking = lookAgain();

  return {
    panel: {
      devices: document,
      onDevices(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      touch,
    },
    follow(state) {
      followed = state;
      look();
    },
    shortfalls: () => told,
    onShortfalls(listener) {
      shortfallListeners.add(listener);
      return () => shortfallListeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      listeners.clear();
      shortfallListeners.clear();
      ended.abort();
      await looking;
      await Promise.all([...attendants.values()].map((attendant) => attendant[Symbol.asyncDispose]()));
    },
  };
}
