/** A controller as a simulated device sees it: the other end of one connection. */
export interface Controller {
  send(bytes: Uint8Array): void;
  /** Closes the connection, where there is one to close. */
  hangUp(): void;
}

/** What a simulated device makes of one controller. */
export interface Conversation {
  /** Datagrams come whole, the bytes of a stream as they like. */
  receive(bytes: Uint8Array): void;
  end(): void;
}

/**
 * A device played by us: what it makes of bytes, in its own time. Where the bytes travel (a pty, a socket, memory) and
 * what goes wrong on the way is elsewhere; what goes wrong inside is its own to offer.
 */
export interface SimulatedDevice extends AsyncDisposable {
  /** A controller comes: with each TCP connection, each UDP address, and once for a serial port. */
  connect(controller: Controller): Conversation;
  /** Switches it off at the wall and on again: what was under way is forgotten, connections are gone. */
  powerCycle(): void;
  /** It has no time for anybody, in the way of its protocol. */
  setBusy(isBusy: boolean): void;
  /** It tells the opposite of what is true of its power, or of its first switch. */
  setLying(isLying: boolean): void;
  /**
   * Only of a device that says something unasked beside its connections: calls `listener` with each datagram; returns the
   * end of it.
   */
  subscribeNotices?: (listener: (datagram: Uint8Array) => void) => () => void;
  /** Only of a device that has contacts. */
  contacts?: SimulatedContacts;
}

/** What somebody in the room closes and opens: a door, a partition, a presence sensor's relay. */
export interface SimulatedContacts {
  names: readonly string[];
  set(name: string, isClosed: boolean): void;
}

export type SimulatorMode = 'strict' | 'lenient';

export type SimulatedBodyDeps = {
  /** Begins with a controller; what it returns takes the controller's bytes. */
  begin: (controller: Controller) => (bytes: Uint8Array) => void;
  /** What a loss of power does to it. */
  onPowerCycle: () => void;
  /** Further controllers are hung up on. */
  controllersAtMost: number;
};

export interface SimulatedBody extends SimulatedDevice {
  isBusy(): boolean;
  isLying(): boolean;
  /** Said to every controller, without being asked. */
  tellAll(bytes: Uint8Array): void;
  /** Ends with the power. */
  powered(): AbortSignal;
}

/** What simulated devices have in common: their controllers, their power, and what they can be told to do wrong. */
export function createSimulatedBody(deps: SimulatedBodyDeps): SimulatedBody {
  const controllers = new Set<Controller>();
  let power = new AbortController();
  let isBusy = false;
  let isLying = false;

  function loseAll(): void {
    power.abort(new Error('the simulated device lost its power'));
    for (const controller of [...controllers]) controller.hangUp();
    controllers.clear();
  }

  return {
    connect(controller) {
      if (controllers.size >= deps.controllersAtMost) {
        controller.hangUp();
        return { receive: () => undefined, end: () => undefined };
      }
      controllers.add(controller);
      const receive = deps.begin(controller);
      return {
        receive: (bytes) => {
          if (controllers.has(controller)) receive(bytes);
        },
        end: () => void controllers.delete(controller),
      };
    },
    powerCycle() {
      loseAll();
      power = new AbortController();
      deps.onPowerCycle();
    },
    setBusy(now) {
      isBusy = now;
    },
    setLying(now) {
      isLying = now;
    },
    isBusy: () => isBusy,
    isLying: () => isLying,
    tellAll(bytes) {
      for (const controller of controllers) controller.send(bytes);
    },
    powered: () => power.signal,
    async [Symbol.asyncDispose]() {
      loseAll();
    },
  };
}
