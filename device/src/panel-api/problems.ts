import type { ErrorCode } from '@anteroom/shared/errors/catalogue.ts';
import { type FieldFault, type ProblemValues, toProblem } from '@anteroom/shared/errors/problem.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { FastifyReply } from 'fastify';
import type { ZodError } from 'zod';

/** Answers with problem details (RFC 9457) in the language of the panel. */
export function sendProblem(
  reply: FastifyReply,
  code: ErrorCode,
  options: { language: Language; values?: ProblemValues; fields?: FieldFault[] },
): FastifyReply {
  const problem = toProblem(code, options.language, options.values, options.fields);
  return reply.code(problem.status).type('application/problem+json').send(problem);
}

/** Answers a body that is not what it should be, with each place in it. */
export function sendInvalid(reply: FastifyReply, { issues }: ZodError, language: Language): FastifyReply {
  const fields = issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = fields;
  const detail = first ? `${first.path || 'body'}: ${first.message}` : 'body';
  return sendProblem(reply, 'request_invalid', { language, values: { detail }, fields });
}
