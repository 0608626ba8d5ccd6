import { z } from 'zod';
import type { DisplayPower } from '../../ports/display.ts';

/**
 * What cec-ctl(1) of v4l-utils is told, and what its words mean. CEC itself (HDMI 1.4, supplement 1) is spoken by the
 * kernel: 04 is Image View On, 36 Standby, 8F asks for the power and 90 answers, 82 makes a source the active one.
 */
export const cecFacts = z.strictObject({
  /** By what name the display shows the terminal; 14 letters at most. */
  osdName: z.string().regex(/^[ -~]{1,14}$/),
  /** Some displays ignore Standby from anybody but the source that they show. */
  standbyNeedsActiveSource: z.boolean(),
  powerSettlesMs: z.int().min(0).max(120_000),
  timing: z.strictObject({ askEveryMs: z.int().min(1_000).max(3_600_000) }),
});
export type CecFacts = z.infer<typeof cecFacts>;

/** A display has logical address 0. */
const toDisplay = ['--to', '0'] as const;

export const say = {
  /** Says nothing on the bus: cec-ctl tells what the adapter is, as it does before everything else. */
  adapter: [],
  /** Takes a logical address; nothing else can be said before. */
  enter: (osdName: string) => ['--playback', '-o', osdName],
  imageViewOn: [...toDisplay, '--image-view-on'],
  activeSource: (physicalAddress: string) => ['--active-source', `phys-addr=${physicalAddress}`],
  standby: [...toDisplay, '--standby'],
  power: [...toDisplay, '--give-device-power-status'],
  name: [...toDisplay, '--give-osd-name'],
  press: (key: 'volume-up' | 'volume-down' | 'mute') => [...toDisplay, '--user-control-pressed', `ui-cmd=${key}`],
  release: [...toDisplay, '--user-control-released'],
};

const powers: Readonly<Record<string, DisplayPower>> = {
  on: 'on',
  standby: 'standby',
  'to-on': 'warmingUp',
  'to-standby': 'coolingDown',
};

/** `pwr-state: on (0x00)`. */
export function parsePower(said: string): DisplayPower | null {
  return powers[/pwr-state: (?<state>[a-z-]+)/.exec(said)?.groups?.state ?? ''] ?? null;
}

/** `name: LG TV`. */
export const parseName = (said: string): string | null =>
  /^\s*name: (?<name>.+)$/m.exec(said)?.groups?.name?.trim() ?? null;

/** `Physical Address : 1.0.0.0`; f.f.f.f is a plug with nothing at the other end. */
export function parsePhysicalAddress(said: string): string | null {
  const address = /Physical Address\s*: (?<address>[0-9a-f](?:\.[0-9a-f]){3})/i.exec(said)?.groups?.address ?? null;
  return address === 'f.f.f.f' ? null : address;
}

/** Whether the adapter has a logical address, by this name. */
export function isEntered(said: string, osdName: string): boolean {
  const name = /^\tOSD Name\s*: '(?<name>.*)'$/m.exec(said)?.groups?.name;
  return name === osdName && !isWithoutAddress(said);
}

/** What cec-ctl says of a message that did not arrive, or was not understood; null when it did. */
export function parseFailure(said: string): 'nobody' | 'refused' | 'silent' | null {
  if (/Not Acknowledged|Nack/i.test(said) || isWithoutAddress(said)) return 'nobody';
  if (/Feature Abort/i.test(said)) return 'refused';
  return /Rx, Timeout|Timed out/i.test(said) ? 'silent' : null;
}

/**
 * Every call begins with what the adapter is. One without a logical address says nothing to anybody, which cec-ctl
 * complains of on standard error and ends well: the cable was pulled.
 */
const isWithoutAddress = (said: string) => /^\tLogical Address Mask\s*: 0x0000$/m.test(said);
