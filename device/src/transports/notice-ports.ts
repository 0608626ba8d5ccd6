import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIP } from 'node:net';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';

/**
 * UDP ports of ours, over IPv4, to which devices send what they say unasked. A port is open while somebody listens on it,
 * once for all of them, and each hears what comes from the host of its device. Anybody on the network can pretend to be
 * that host: what hears it believes nothing for longer than until the device is asked.
 */
export interface NoticePorts extends AsyncDisposable {
  /** Calls `onDatagram` with what comes from `host`, a name or an address, until what it returns is disposed. */
  listen(from: { host: string; port: number }, onDatagram: (bytes: Uint8Array) => void): AsyncDisposable;
}

export type NoticePortsDeps = { clock: Clock; log: Logger };

/** A port that somebody else has is tried again so often. */
const againMs = 60_000;
/** What a name means is good for so long: addresses are lent. */
const nameFreshMs = 10_000;

type Listener = { isFrom(address: string): Promise<boolean>; onDatagram(bytes: Uint8Array): void };
type NoticePort = AsyncDisposable & { listeners: Set<Listener> };

export function createNoticePorts(deps: NoticePortsDeps): NoticePorts {
  const ports = new Map<number, NoticePort>();

  return {
    listen({ host, port }, onDatagram) {
      const shared = ports.get(port) ?? createNoticePort({ ...deps, port });
      ports.set(port, shared);
      const listener = { isFrom: createHostCheck({ ...deps, host }), onDatagram };
      shared.listeners.add(listener);
      return {
        async [Symbol.asyncDispose]() {
          shared.listeners.delete(listener);
          if (shared.listeners.size > 0 || ports.get(port) !== shared) return;
          ports.delete(port);
          await shared[Symbol.asyncDispose]();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      const open = [...ports.values()];
      ports.clear();
      for (const port of open) await port[Symbol.asyncDispose]();
    },
  };
}

function createNoticePort({ port, clock, log }: NoticePortsDeps & { port: number }): NoticePort {
  const listeners = new Set<Listener>();
  const lifetime = new AbortController();
  const { signal } = lifetime;
  let isWarned = false;

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      try {
        await untilLost();
      } catch (error) {
        signal.throwIfAborted();
        if (!isWarned) log.warn({ err: error, port }, 'devices are asked only: what they send unasked is not heard');
        isWarned = true;
      }
      await clock.sleep(againMs, { signal });
    }
  }

  /** Rejects when the port cannot be had, or is lost. */
  async function untilLost(): Promise<never> {
    const socket = createSocket('udp4');
    const closed = new Promise<void>((resolve) => socket.once('close', resolve));
    socket.on('message', (bytes, { address }) => {
      hear(bytes, address).catch((error: unknown) => log.error({ err: error, port }, 'datagram was not taken in'));
    });
    try {
      const bound = once(socket, 'listening', { signal });
      socket.bind(port);
      await bound;
      isWarned = false;
      const [lost] = await once(socket, 'error', { signal });
      throw lost;
    } finally {
      socket.close();
      await closed;
    }
  }

  async function hear(bytes: Uint8Array, address: string): Promise<void> {
    const asked = [...listeners].map(async (listener) => ((await listener.isFrom(address)) ? [listener] : []));
    const meant = (await Promise.all(asked)).flat().filter((listener) => listeners.has(listener));
    const [listener, another] = meant;
    // Of two devices behind one address nobody can say which it was: both are asked in the course of time.
    if (listener && !another) listener.onDatagram(bytes);
    else log.debug({ port, address, length: bytes.length, devices: meant.length }, 'datagram of nobody who is driven');
  }

  const kept = keep().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });

  return {
    listeners,
    async [Symbol.asyncDispose]() {
      lifetime.abort(new Error('nobody listens any more'));
      await kept;
    },
  };
}

/** Whether an address is a host's. Answers come in the order of the questions. */
function createHostCheck({ host, clock, log }: NoticePortsDeps & { host: string }): Listener['isFrom'] {
  const isName = isIP(host) === 0;
  let addresses = Promise.resolve([host]);
  let freshUntilMs = isName ? clock.monotonicMs() : Number.POSITIVE_INFINITY;
  return async (address) => {
    const nowMs = clock.monotonicMs();
    if (nowMs >= freshUntilMs) {
      freshUntilMs = nowMs + nameFreshMs;
      addresses = addressesOf(host, log);
    }
    return (await addresses).includes(address);
  };
}

async function addressesOf(name: string, log: Logger): Promise<string[]> {
  try {
    return (await lookup(name, { all: true, family: 4 })).map(({ address }) => address);
  } catch (error) {
    log.debug({ err: error, name }, 'name of a device cannot be looked up');
    return [];
  }
}
