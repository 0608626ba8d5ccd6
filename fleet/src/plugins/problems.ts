import { randomBytes } from 'node:crypto';
import { type FieldFault, type Problem, ProblemError, toProblem } from '@anteroom/shared/errors/problem.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isUnstorableText } from '../db/faults.ts';
import { languageOf } from './language.ts';

const problemType = 'application/problem+json; charset=utf-8';
const chinese = z.locales.zhCN();

/** What Fastify says of a request that never reached a handler, as our codes. */
const codeOfFastify = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'body_malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body_malformed',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unsupported',
  FST_ERR_BAD_URL: 'route_not_found',
} as const;

/** Every answer that is not a success is problem details (RFC 9457), in the reader's language; causes stay in the log. */
export function setProblemHandlers(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = explain(error, request);
    if (typeof problem.values.retryAfterS === 'number') reply.header('retry-after', problem.values.retryAfterS);
    return sendProblem(reply, problem);
  });
}

/** For an address that no router can read. */
export function answerFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, explain(error, request));
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  // Serialized here: the route's own serializers are for its success.
  return reply.code(problem.status).type(problemType).serializer(String).send(JSON.stringify(problem));
}

/** The same answer where there is no reply object: a refused WebSocket. */
export function problemResponse(error: ProblemError, acceptLanguage: string | undefined): string {
  const problem = toProblem(error.code, languageOf(acceptLanguage), error.values, error.fields);
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

function explain(error: unknown, request: FastifyRequest): Problem {
  const language = languageOf(request.headers['accept-language']);
  if (error instanceof ProblemError) return toProblem(error.code, language, error.values, error.fields);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = language === 'zh-CN' ? faultsInChinese(error, request) : faultsOf(error);
    const [first] = fields;
    const detail = first === undefined ? '' : `${first.path}${first.path ? ': ' : ''}${first.message}`;
    return toProblem('request_invalid', language, { detail }, fields);
  }
  if (isUnstorableText(error)) return toProblem('request_invalid', language, { detail: 'U+0000 in a text' });
  const fastifyCode = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof fastifyCode === 'string' && fastifyCode in codeOfFastify) {
    // `in` has just proved it; TypeScript does not narrow a string by it.
    return toProblem(codeOfFastify[fastifyCode as keyof typeof codeOfFastify], language);
  }
  const reference = randomBytes(4).toString('hex');
  request.log.error(
    { err: error, reference, method: request.method, route: request.routeOptions.url },
    'request failed',
  );
  return toProblem('internal', language, { reference });
}

function faultsOf(error: { validation: { instancePath: string; message?: string | undefined }[] }): FieldFault[] {
  return error.validation.map(({ instancePath, message }) => ({
    path: instancePath.replace(/^\//, '').replaceAll('/', '.'),
    message: message ?? '',
  }));
}

/** zod words its messages when it parses, so the failed part is parsed once more with the other words. */
function faultsInChinese(
  error: {
    validationContext?: string | undefined;
    validation: { instancePath: string; message?: string | undefined }[];
  },
  request: FastifyRequest,
): FieldFault[] {
  const parts = { body: request.body, querystring: request.query, params: request.params };
  const part = error.validationContext;
  if (part !== 'body' && part !== 'querystring' && part !== 'params') return faultsOf(error);
  const schema = request.routeOptions.schema?.[part];
  if (!(schema instanceof z.ZodType)) return faultsOf(error);
  const parsed = schema.safeParse(parts[part], { error: chinese.localeError });
  if (parsed.success) return faultsOf(error);
  return parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
}
