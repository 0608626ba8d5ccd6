import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { terminalId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { PairingsService } from '../modules/pairings/service.ts';
import { acceptJsonOnly } from '../plugins/json-body.ts';
import { answerFrameworkError, setProblemHandlers } from '../plugins/problems.ts';
import { attachSignalling } from '../plugins/signal-socket.ts';
import type { SignallingService } from '../signalling/ports.ts';
import type { Authority, ServerCredentials } from './authority.ts';
import { provenThumbprint, requireTerminal } from './peer.ts';
import type { WatchedRegistry } from './registry.ts';
import { registerEnrolment } from './routes.ts';

/**
 * The terminals' own listener: HTTPS of our private CA. Anybody may enrol; everything else wants a client certificate
 * that our CA signed and the registry holds good. TLS itself lets everybody in, because a terminal that is being paired
 * has no certificate yet.
 */
export interface TerminalListener extends AsyncDisposable {
  listen(options: { host: string; port: number }): Promise<{ port: number }>;
  /** Takes new server credentials for the connections to come. */
  setCredentials(credentials: ServerCredentials): void;
}

export type TerminalListenerDeps = {
  authority: Authority;
  registry: WatchedRegistry;
  pairings: PairingsService;
  /** Null while this process does not signal. */
  signalling: () => SignallingService | null;
  publicUrl: () => string;
  mqttUrl: () => string;
  clock: Clock;
  log: Logger;
};

export const signalPath = '/signal';
const bodyLimitBytes = 32 * 1024;

export function createTerminalListener(deps: TerminalListenerDeps): TerminalListener {
  const { authority, registry, signalling, log } = deps;
  // Named by the type that plugins expect.
  const loggerInstance: FastifyBaseLogger = log;
  const app = fastify({
    https: {
      ...authority.serverCredentials(),
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      handshakeTimeout: 10_000,
    },
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: 15_000,
    forceCloseConnections: true,
    frameworkErrors: answerFrameworkError,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // The instance differs from the plain one by its server only, which these do not touch.
  const routes = app as unknown as FastifyInstance;
  acceptJsonOnly(routes);
  setProblemHandlers(routes);
  app.setNotFoundHandler(() => {
    throw new ProblemError('route_not_found');
  });
  registerEnrolment(routes, deps);
  registerTerminalRoutes(routes, deps);
  attachSignalling(app.server, {
    path: signalPath,
    signalling,
    async identify(_request, socket) {
      const { terminalId, thumbprint } = await requireTerminal(socket, registry);
      return { kind: 'terminal', terminalId, certificateThumbprint: thumbprint };
    },
    log,
  });
  const connections = trackConnections(app.server);
  registry.onRevoked(({ thumbprint }) => {
    // Signalling says goodbye on its sockets by itself and closes them.
    signalling()?.disconnectTerminal(thumbprint);
    connections.end(thumbprint);
  });

  return {
    async listen({ host, port }) {
      await app.listen({ host, port });
      const address = app.server.address();
      if (address === null || typeof address === 'string') throw new Error('the terminals’ listener has no TCP port');
      return { port: address.port };
    },
    setCredentials: (credentials) => app.server.setSecureContext(credentials),
    [Symbol.asyncDispose]: () => app.close(),
  };
}

/** What only a terminal with a good certificate gets: who it is, and the fleet's time. */
function registerTerminalRoutes(app: FastifyInstance, { registry, clock }: TerminalListenerDeps): void {
  const identity = z.object({ terminalId, serverTime: z.string() });
  void app.register((terminals, _options, done) => {
    terminals.addHook('onRequest', async (request) => {
      await requireTerminal(request.raw.socket, registry);
    });
    terminals
      .withTypeProvider<ZodTypeProvider>()
      .get('/terminal/v1/identity', { schema: { response: { 200: identity } } }, async (request) => {
        const terminal = await requireTerminal(request.raw.socket, registry);
        return { terminalId: terminal.terminalId, serverTime: clock.now().toISOString() };
      });
    // An address that does not exist tells a stranger no more than one that does.
    terminals.all('/terminal/*', () => Promise.reject(new ProblemError('route_not_found')));
    done();
  });
}

/** Open connections by the certificate that they proved, without those that became WebSockets. */
function trackConnections(server: Server): { end(thumbprint: string): void } {
  const byThumbprint = new Map<string, Set<TLSSocket>>();

  function forget(socket: Socket): void {
    for (const [thumbprint, sockets] of byThumbprint)
      if (socket instanceof TLSSocket && sockets.delete(socket) && sockets.size === 0) byThumbprint.delete(thumbprint);
  }

  server.on('secureConnection', (socket) => {
    const thumbprint = provenThumbprint(socket);
    if (thumbprint === null) return;
    const sockets = byThumbprint.get(thumbprint) ?? new Set();
    byThumbprint.set(thumbprint, sockets.add(socket));
    socket.once('close', () => forget(socket));
  });
  server.on('upgrade', (request) => forget(request.socket));

  return {
    end(thumbprint) {
      for (const socket of byThumbprint.get(thumbprint) ?? []) socket.destroy();
    },
  };
}
