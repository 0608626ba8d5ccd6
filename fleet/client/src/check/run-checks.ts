import { type CheckId, checkIds, type Finding } from './findings.ts';

/** One test. What went before it is known to it: without permission there is nothing to hear. */
export type Check = (options: { before: readonly Finding[]; signal: AbortSignal }) => Promise<Finding>;

/** Runs the tests one after the other and tells each as it begins and ends; stops where `signal` aborts. */
export async function runChecks(
  checks: Readonly<Record<CheckId, Check>>,
  on: { begin: (check: CheckId) => void; find: (finding: Finding) => void },
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const before: Finding[] = [];
  for (const check of checkIds) {
    signal.throwIfAborted();
    on.begin(check);
    const finding = await checks[check]({ before, signal });
    signal.throwIfAborted();
    before.push(finding);
    on.find(finding);
  }
}
