import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { socketMaxPayloadBytes } from '../signalling/limits.ts';
import type { SignallingPeer, SignallingService } from '../signalling/ports.ts';
import { problemResponse } from './problems.ts';

/** Opens WebSockets at `path` and hands them to signalling, each with what `identify` has proved of its peer. */
export function attachSignalling(
  server: Pick<Server, 'on'>,
  options: {
    path: string;
    signalling: () => SignallingService | null;
    /** Rejects with a `ProblemError` whoever may not come in. */
    identify: (request: IncomingMessage, socket: Duplex) => Promise<SignallingPeer>;
    log: Logger;
  },
): void {
  const { path, signalling, identify, log } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: socketMaxPayloadBytes, perMessageDeflate: false });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.url?.split('?')[0] !== path) throw new ProblemError('route_not_found');
    const peer = await identify(request, socket);
    const service = signalling();
    if (!service) throw new ProblemError('not_ready');
    sockets.handleUpgrade(request, socket, head, (opened) => service.accept(opened, peer));
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Until the handshake is done nobody else listens; a peer that resets is of no interest.
    const ignore = () => {};
    socket.on('error', ignore);
    upgrade(request, socket, head).then(
      () => socket.off('error', ignore),
      (error: unknown) => {
        if (!(error instanceof ProblemError)) log.error({ err: error }, 'websocket refused by a fault');
        const refusal = error instanceof ProblemError ? error : new ProblemError('not_ready');
        socket.end(problemResponse(refusal, request.headers['accept-language']));
      },
    );
  });
}
