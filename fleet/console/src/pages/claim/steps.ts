import type { Terminal } from '@anteroom/shared/api/terminals.ts';

/**
 * The way of a claimed terminal. Only what the terminal itself did counts: it is heard once it has fetched its
 * certificate and connected, and bound once it has reported the binding.
 */
export type ClaimStep = { name: 'claimed' | 'connected' | 'bound'; isDone: boolean };

export function claimSteps(terminal: Pick<Terminal, 'stage' | 'seenAt' | 'space' | 'room'>): ClaimStep[] {
  const isHeard = terminal.seenAt !== null;
  const steps: ClaimStep[] = [
    { name: 'claimed', isDone: true },
    { name: 'connected', isDone: isHeard || terminal.stage === 'assigned' },
  ];
  // Without a place there is no binding to wait for.
  if (terminal.space || terminal.room) steps.push({ name: 'bound', isDone: terminal.stage === 'assigned' });
  return steps;
}

export function isClaimComplete(terminal: Pick<Terminal, 'stage' | 'seenAt' | 'space' | 'room'>): boolean {
  return claimSteps(terminal).every((step) => step.isDone);
}
