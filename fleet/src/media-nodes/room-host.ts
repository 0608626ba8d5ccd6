import { randomBytes } from 'node:crypto';
import type { JanusHandle, JanusHandleEvent } from './janus-client.ts';
import type { MediaLink } from './media-node.ts';
import { attachVideoRoom, createRoom, destroyRoom, type Room, type RoomSettings } from './videoroom.ts';

/**
 * What lives on one link to a Janus: the rooms of meetings, made on first use, and handles for peer connections. A few
 * handles are attached ahead of time, so that a join does not wait for them.
 */
export interface RoomHost {
  room(id: string, settings: RoomSettings, signal: AbortSignal): Promise<Room>;
  destroyRoom(id: string, signal: AbortSignal): Promise<void>;
  takeHandle(onEvent: (event: JanusHandleEvent) => void, signal: AbortSignal): Promise<JanusHandle>;
}

type Spare = { handle: Promise<JanusHandle>; listen: (onEvent: (event: JanusHandleEvent) => void) => void };

const spareHandles = 4;

/** `signal` ends with the link. */
export function createRoomHost(link: MediaLink, signal: AbortSignal): RoomHost {
  const rooms = new Map<string, Promise<Room>>();
  const spares: Spare[] = [];
  let opened = 0;
  // Makes and destroys rooms; it never has a peer connection.
  const control = attachVideoRoom(link.connection, () => undefined, signal);
  control.catch(() => undefined); // Reported to whoever needs a room.

  function refill(): void {
    while (spares.length < spareHandles && !signal.aborted) {
      let listener: (event: JanusHandleEvent) => void = () => undefined;
      const handle = attachVideoRoom(link.connection, (event) => listener(event), signal);
      handle.catch(() => undefined); // Reported to whoever takes it.
      spares.push({
        handle,
        listen: (onEvent) => {
          listener = onEvent;
        },
      });
    }
  }
  refill();

  async function open(id: string, settings: RoomSettings, requestSignal: AbortSignal): Promise<Room> {
    // Numbered: Janus may carry out the end of an emptied room after the beginning of its successor.
    const room: Room = {
      id: `${id}.${++opened}`,
      token: randomBytes(16).toString('hex'),
      secret: randomBytes(16).toString('hex'),
    };
    await createRoom(link, await control, room, settings, requestSignal);
    return room;
  }

  return {
    room(id, settings, requestSignal) {
      const known = rooms.get(id);
      if (known) return known;
      const opening = open(id, settings, requestSignal);
      rooms.set(id, opening);
      opening.catch(() => rooms.delete(id)); // The caller sees the error; the next one tries again.
      return opening;
    },
    async destroyRoom(id, requestSignal) {
      const known = rooms.get(id);
      if (!known) return;
      rooms.delete(id);
      await destroyRoom(await control, await known, requestSignal);
    },
    async takeHandle(onEvent, requestSignal) {
      const spare = spares.shift();
      refill();
      if (!spare) return attachVideoRoom(link.connection, onEvent, requestSignal);
      spare.listen(onEvent);
      return await spare.handle;
    },
  };
}
