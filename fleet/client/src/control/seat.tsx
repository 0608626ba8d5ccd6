import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { createContext, type ReactNode, useContext } from 'react';
import type { JoinedState } from '../stage.ts';
import type { Control } from './use-control.ts';

/** One's own place in the meeting: what is known of it, and what can be done there. */
export type Seat = { client: JoinedState; own: RosterEntry | null; control: Control };

const SeatContext = createContext<Seat | null>(null);

export function SeatProvider({
  client,
  control,
  children,
}: {
  client: JoinedState;
  control: Control;
  children: ReactNode;
}) {
  const own = client.roster.find(({ participantId }) => participantId === client.participantId) ?? null;
  return <SeatContext value={{ client, own, control }}>{children}</SeatContext>;
}

export function useSeat(): Seat {
  const seat = useContext(SeatContext);
  if (!seat) throw new Error('useSeat: not inside a meeting');
  return seat;
}

/** The word for a role; a member or guest is called by what they are: a person, a guest, a room. */
export function roleKey({ role, kind }: Pick<RosterEntry, 'role' | 'kind'>) {
  switch (role) {
    case 'host':
    case 'cohost':
      return { role, kind: kind === 'terminal' ? kind : null } as const;
    case 'member':
    case 'guest':
      return { role: null, kind } as const;
    default:
      return assertNever(role);
  }
}
