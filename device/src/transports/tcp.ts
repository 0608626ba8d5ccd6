import { connect } from 'node:net';
import type { OpenConnection } from '../ports/connection.ts';
import { connectionOver } from './socket.ts';

/** Quiet devices are asked by the operating system whether they are there, so that a pulled cable is noticed. */
const keepAliveMs = 10_000;
const connectWithinMs = 5_000;

export function openTcp({ host, port }: { host: string; port: number }): OpenConnection {
  return (events, { signal }) => {
    const socket = connect({
      ...{ host, port, signal, noDelay: true },
      ...{ keepAlive: true, keepAliveInitialDelay: keepAliveMs },
    });
    socket.setTimeout(connectWithinMs, () => socket.destroy(new Error(`no connection in ${connectWithinMs} ms`)));
    socket.once('connect', () => socket.setTimeout(0));
    return connectionOver(socket, events, { closed: 'the device closed the connection' });
  };
}
