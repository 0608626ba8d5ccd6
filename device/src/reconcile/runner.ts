import type { DesiredDocument } from '@anteroom/shared/protocol/desired.ts';
import type { Logger } from 'pino';
import { nothingObserved, type Observed, type PlanStep, plan } from './plan.ts';

/** Takes one step; a fault says what could not be done and why, and leaves the rest to the next desired document. */
export type Executor = (step: PlanStep) => { ok: true } | { ok: false; why: string };

export type Shortfall = { what: string; why: string; since: string };

export interface Reconciler {
  observed(): Observed;
  /** What could not be converged to, as of the last run. */
  shortfalls(): readonly Shortfall[];
  /** observe → plan → run → observe, until nothing is left to do or something cannot be done. */
  converge(desired: DesiredDocument): void;
  /** The terminal lost its place: it begins anew. */
  reset(): void;
}

export function createReconciler(deps: { execute: Executor; serverNow(): Date; log: Logger }): Reconciler {
  const { execute, serverNow, log } = deps;
  let observed: Observed = nothingObserved;
  let shortfalls: readonly Shortfall[] = [];

  function failed(step: PlanStep, why: string): void {
    const known = shortfalls.find((shortfall) => shortfall.what === step.step && shortfall.why === why);
    const since = known?.since ?? serverNow().toISOString();
    shortfalls = [...shortfalls.filter((other) => other.what !== step.step), { what: step.step, why, since }];
    log.warn({ step: step.step, why }, 'step failed');
  }

  return {
    observed: () => observed,
    shortfalls: () => shortfalls,
    reset() {
      observed = nothingObserved;
      shortfalls = [];
    },
    converge(desired) {
      const failing = new Set<string>();
      for (;;) {
        const step = plan(desired, observed).find((next) => !failing.has(next.step));
        // A version is only confirmed when everything else of it was taken on.
        if (!step || (step.step === 'confirmVersion' && failing.size > 0)) break;
        const result = execute(step);
        if (result.ok) {
          log.info({ step: step.step, reason: step.reason }, 'step done');
          observed = after(observed, step);
        } else {
          failing.add(step.step);
          failed(step, result.why);
        }
      }
      shortfalls = shortfalls.filter((shortfall) => failing.has(shortfall.what));
    },
  };
}

function after(observed: Observed, step: PlanStep): Observed {
  switch (step.step) {
    case 'takePlace':
      return { ...observed, place: step.place };
    case 'applySettings':
      return { ...observed, settings: step.settings };
    case 'setSignalling':
      return { ...observed, signallingUrl: step.url };
    case 'setMeetings':
      return { ...observed, meetings: step.meetings };
    case 'confirmVersion':
      return { ...observed, version: step.version };
  }
}
