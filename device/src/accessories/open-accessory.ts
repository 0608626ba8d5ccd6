import type { AccessoryProfile } from '@anteroom/shared/profile/accessory.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { protocols } from '../drivers/registry.ts';
import type { Line } from '../ports/line.ts';
import type { RoomDevice } from '../ports/room-device.ts';
import type { NoticePorts } from '../transports/notice-ports.ts';
import { type Address, kernelOf, lineOf, openLine, wireFor } from './address.ts';
import { gpioLinesAt, programAt } from './kernel.ts';

export type OpenAccessoryDeps = {
  profile: AccessoryProfile;
  address: Address;
  /** What the device asks for; empty where it asks for nothing. */
  user: string;
  password: string;
  /** Where devices of the whole program say what nobody asked. */
  notices: NoticePorts;
  clock: Clock;
  log: Logger;
  random: () => number;
  /** What is between driver and line: the line itself, or somebody who writes down what goes over it. */
  through: (line: Line) => Line;
};

export type OpenedAccessory = AsyncDisposable & RoomDevice & { isLineOpen(): boolean };

/** A profile's device at an address, driven. Throws an `Error` when the two do not fit. */
export function openAccessory(deps: OpenAccessoryDeps): OpenedAccessory {
  const { profile, address, user, password, notices, clock, random, through } = deps;
  const protocol = protocols[profile.protocol];
  if (!protocol) throw new Error(`${profile.name}: no driver speaks “${profile.protocol}”`);
  const model = protocol.read(profile.facts);
  const wire = wireFor(profile, address);
  const log = deps.log.child({ accessory: profile.name });
  switch (model.over) {
    case 'line': {
      const line = openLine({ wire, address: lineOf(address), user, password, notices, clock, random });
      const opened = model.drive({ line: through(line), wire, user, password, clock, log });
      return ending(opened, line);
    }
    case 'gpio':
      return ending(model.drive({ lines: gpioLinesAt(kernelOf(address), clock), clock, log }), null);
    case 'program':
      return ending(model.drive({ ...programAt(kernelOf(address), clock), clock, log }), null);
  }
}

function ending(opened: RoomDevice, line: Line | null): OpenedAccessory {
  return {
    ...opened,
    // What the kernel has is there as long as it answers.
    isLineOpen: () => line?.isOpen() ?? opened.device.state().isConnected,
    async [Symbol.asyncDispose]() {
      await opened.device[Symbol.asyncDispose]();
      await line?.[Symbol.asyncDispose]();
    },
  };
}
