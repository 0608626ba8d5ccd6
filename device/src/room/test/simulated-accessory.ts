import type { Clock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { readAccessory } from '../../accessories/profile-files.ts';
import { protocols } from '../../drivers/registry.ts';
import { createMemoryLine, type MemoryLine } from '../../drivers/testing/memory-line.ts';
import type { RoomAccessory } from '../../ports/room-accessory.ts';
import type { RoomDevice } from '../../ports/room-device.ts';
import type { SimulatedDevice } from '../../ports/simulated-device.ts';

/** A device of a profile with its real driver, at the other end of a line in memory. */
export type SimulatedAccessory = AsyncDisposable & {
  accessory: RoomAccessory;
  room: RoomDevice;
  simulated: SimulatedDevice;
  line: MemoryLine;
};

export async function simulateAccessory(
  name: string,
  { profile: profileName, clock }: { profile: string; clock: Clock },
): Promise<SimulatedAccessory> {
  const { lines, facts, protocol, kind, title } = await readAccessory(profileName);
  const model = protocols[protocol]?.read(facts);
  const wire = lines.find(({ transport }) => transport !== 'udp') ?? lines[0];
  if (model?.over !== 'line' || !wire) throw new Error(`${profileName}: nothing to simulate`);
  const access = { user: '', password: '' };
  const simulated = model.simulate({ ...access, wire, identity: null, mode: 'strict', warmUpMs: 2_000, clock });
  const line = createMemoryLine({
    ...{ device: simulated, clock, kind: wire.transport === 'serial' ? 'serial' : 'connection' },
  });
  const room = model.drive({ ...access, line, wire, clock, log: pino({ level: 'silent' }) });
  return {
    accessory: {
      ...{ name, title, kind, address: `memory:${name}`, askEveryMs: 15_000 },
      found: { room, isLineOpen: line.isOpen },
    },
    ...{ room, simulated, line },
    async [Symbol.asyncDispose]() {
      await room.device[Symbol.asyncDispose]();
      await line[Symbol.asyncDispose]();
      await simulated[Symbol.asyncDispose]();
    },
  };
}
