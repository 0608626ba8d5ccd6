import { connect } from 'node:net';
import type { OpenConnection } from '../ports/connection.ts';
import { connectionOver } from './socket.ts';

/** A socket of this machine, where a simulated device listens. */
export function openUnix({ path }: { path: string }): OpenConnection {
  return (events, { signal }) =>
    connectionOver(connect({ path, signal }), events, { closed: 'the other end closed the connection' });
}
