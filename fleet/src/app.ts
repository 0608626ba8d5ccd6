import type { IncomingMessage } from 'node:http';
import { apiBase, apiRoutes } from '@anteroom/shared/api/contract.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { ChangesService } from './modules/changes/service.ts';
import type { LiveService } from './modules/live/service.ts';
import { registerChangeStream } from './plugins/change-stream.ts';
import { type ContractDeps, type ContractHandlers, registerContract } from './plugins/contract-routes.ts';
import { createEventStreams } from './plugins/event-streams.ts';
import { type Readiness, registerHealth } from './plugins/health.ts';
import { acceptJsonOnly } from './plugins/json-body.ts';
import { registerLiveStream } from './plugins/live-stream.ts';
import { checkOrigin } from './plugins/origin.ts';
import { answerFrameworkError, setProblemHandlers } from './plugins/problems.ts';
import { attachSignalling } from './plugins/signal-socket.ts';
import { registerSites, type Sites } from './plugins/sites.ts';
import type { SignallingService } from './signalling/ports.ts';

/** Largest request body: the longest text of the contract is a certificate chain. */
const bodyLimitBytes = 64 * 1024;

/** What answers the contract. */
export type ApiDeps = ContractDeps & { handlers: ContractHandlers; changes: ChangesService; live: LiveService };

export type AppDeps = {
  api: ApiDeps;
  /** Null in a process that only signals: of the contract it answers the control of live meetings. */
  sites: Sites | null;
  publicUrl: () => string;
  /** Null while this process does not signal. */
  signalling: () => SignallingService | null;
  readiness: Readiness;
  metrics: Registry;
  /** Null: nobody's X-Forwarded-For is believed. */
  trustedProxy: string | null;
  /** Requests per minute and address. */
  rateLimitPerMinute: number;
  log: Logger;
};

/** The browsers' listener: REST API, live changes, browsers' signalling, console and soft client. */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const { api, sites, publicUrl, log } = deps;
  // Named by the type that plugins expect.
  const loggerInstance: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    trustProxy: deps.trustedProxy ?? false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerFrameworkError,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  acceptJsonOnly(app);
  app.decorateRequest('actor', null);
  setProblemHandlers(app);

  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    strictTransportSecurity: publicUrl().startsWith('https:'),
    // The panel of a terminal and other sites of the same house may show our pictures.
    crossOriginResourcePolicy: { policy: 'same-site' },
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('permissions-policy', 'camera=(self), microphone=(self), display-capture=(self), geolocation=()');
    done(null, payload);
  });
  await app.register(fastifyCookie);
  await app.register(fastifyRateLimit, {
    global: false,
    max: deps.rateLimitPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { ttl }) =>
      new ProblemError('rate_limited', { retryAfterS: Math.ceil(ttl / 1000) }),
  });
  // For every address, and before anybody asks who calls: the routes' own hooks come after.
  app.addHook('onRequest', app.rateLimit());
  registerHealth(app, deps);
  if (sites) await registerApi(app, api, sites);
  else registerControl(app, api);
  attachSignalling(app.server, {
    path: `${apiBase}/signal`,
    signalling: deps.signalling,
    identify(request) {
      checkOrigin(request.headers, publicUrl());
      return Promise.resolve({ kind: 'browser', address: addressOf(request, deps.trustedProxy) });
    },
    log,
  });
  return app;
}

/** Who opens a WebSocket: Fastify's own answer is for requests only. */
function addressOf(request: IncomingMessage, trustedProxy: string | null): string {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const forwarded = request.headers['x-forwarded-for'];
  if (address !== trustedProxy || typeof forwarded !== 'string') return address;
  // The last one is what the proxy itself saw; the ones before are what its client says.
  return forwarded.split(',').at(-1)?.trim() ?? address;
}

async function registerApi(app: FastifyInstance, api: ApiDeps, sites: Sites): Promise<void> {
  await registerDocumentation(app);
  registerContract(app, apiRoutes, api.handlers, api);
  const streams = createEventStreams(app, api.sessions);
  registerChangeStream(app, { ...api, streams });
  registerLiveStream(app, { ...api, streams });
  await registerSites(app, sites);
}

function registerControl(app: FastifyInstance, api: ApiDeps): void {
  registerContract(app, { live: apiRoutes.live }, { live: api.handlers.live }, api);
  registerLiveStream(app, { ...api, streams: createEventStreams(app, api.sessions) });
  app.setNotFoundHandler(() => {
    throw new ProblemError('route_not_found');
  });
}

const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  // The components position themselves with inline styles.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  mediaSrc: ["'self'", 'blob:'],
  workerSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

async function registerDocumentation(app: FastifyInstance): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Anteroom fleet', version: '1', description: 'Organizations, rooms, terminals and meetings' },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'anteroom_session' } },
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(fastifySwaggerUi, { routePrefix: '/api/docs' });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => Promise.resolve(app.swagger()));
}
