import type { IceCandidate } from '@anteroom/shared/signalling/messages.ts';

/** Keeps candidates in order until whoever receives them knows the description they belong to. */
export interface CandidateGate {
  push(candidate: IceCandidate | null): void;
  open(): void;
}

export function createCandidateGate(send: (candidate: IceCandidate | null) => void): CandidateGate {
  const waiting: (IceCandidate | null)[] = [];
  let isOpen = false;
  return {
    push(candidate) {
      if (isOpen) send(candidate);
      else waiting.push(candidate);
    },
    open() {
      isOpen = true;
      for (const candidate of waiting.splice(0)) send(candidate);
    },
  };
}
