import { newId } from '../../ids.ts';
import type { RosterEntry } from '../messages.ts';

/** Somebody in a meeting, for tests: a person with everything on and nothing decided about them. */
export function someone(name: string, change: Partial<RosterEntry> = {}): RosterEntry {
  return {
    participantId: newId('participant'),
    name,
    kind: 'person',
    role: 'member',
    media: { isMicrophoneOn: true, isCameraOn: true },
    isMutedByHost: false,
    isCameraStoppedByHost: false,
    handRaisedAt: null,
    isConnected: true,
    isSpeaking: false,
    networkTrouble: null,
    isMutedInRoom: false,
    joinedAt: '2026-01-05T09:00:00.000Z',
    ...change,
  };
}
