import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { openInstallation, readInstallation } from '../accessories/installation-file.ts';
import { misplaced } from '../room/misplaced.ts';
import { createRoom, type Room } from '../room/room.ts';

/** The room of an installation file, with its devices driven. Throws an `Error` that says what is wrong with the file. */
export async function openRoom(file: string, deps: { clock: Clock; log: Logger; random: () => number }): Promise<Room> {
  const read = await readInstallation(file);
  const opened = await openInstallation(read, deps);
  const wrong = misplaced(read.installation.room, opened.accessories);
  if (wrong.length > 0) {
    await opened[Symbol.asyncDispose]();
    throw new Error(`${file}:\n${wrong.join('\n')}`);
  }
  const { clock, log } = deps;
  const room = createRoom({ accessories: opened.accessories, room: read.installation.room, clock, log });
  return {
    ...room,
    async [Symbol.asyncDispose]() {
      await room[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
}
