import type { Problem } from '@anteroom/shared/errors/problem.ts';
import { type SessionEnd, sessionEnd } from '@anteroom/shared/identity/session-end.ts';

/** The server refused and said why (RFC 9457). */
export class ProblemAnswer extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemAnswer';
    this.problem = problem;
  }
}

/** No answer that this API could have given: no connection, or a page of something in between. */
export class Unreachable extends Error {
  readonly status: number | undefined;

  constructor(options: { cause?: unknown; status?: number }) {
    super('the fleet did not answer', { cause: options.cause });
    this.name = 'Unreachable';
    this.status = options.status;
  }
}

/** What `error` says about the end of this session; undefined when it says nothing about that. */
export function endOf(error: unknown): SessionEnd | undefined {
  return error instanceof ProblemAnswer ? sessionEnd.options.find((end) => end === error.problem.code) : undefined;
}

/** Whether `error` says that nobody is signed in any more. */
export function isSignedOut(error: unknown): boolean {
  if (endOf(error)) return true;
  return error instanceof ProblemAnswer && error.problem.code === 'sign_in_required';
}

/** Whether the same call may succeed when it is made again. */
export function isWorthRetrying(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof ProblemAnswer && error.problem.isRetryable);
}

/** Whether somebody else changed the same thing since it was read. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof ProblemAnswer && error.problem.status === 412;
}
