import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { OwnNetwork } from '@anteroom/ui/network/watch-connections.ts';
import { createContext, type ReactNode, useContext } from 'react';
import type { DeviceKind } from '../media/local-media.ts';
import type { StageView } from '../meeting/use-stage-view.ts';
import type { Pip } from '../pip/use-pip.ts';
import type { Share } from '../sharing/use-share.ts';
import type { JoinedState } from '../stage.ts';
import type { Control } from './use-control.ts';

/** One's own place in the meeting: what is known of it, what can be done there, and how one looks at it. */
export type Seat = SeatParts & { own: RosterEntry | null };

type SeatParts = {
  client: JoinedState;
  control: Control;
  view: StageView;
  share: Share;
  /** What the own network does. */
  network: OwnNetwork;
  pip: Pip;
  /** Opens or closes the own microphone or camera. */
  toggle: (kind: DeviceKind) => void;
};

const SeatContext = createContext<Seat | null>(null);

export function SeatProvider({ children, ...parts }: SeatParts & { children: ReactNode }) {
  const { client } = parts;
  const own = client.roster.find(({ participantId }) => participantId === client.participantId) ?? null;
  return <SeatContext value={{ ...parts, own }}>{children}</SeatContext>;
}

export function useSeat(): Seat {
  const seat = useContext(SeatContext);
  if (!seat) throw new Error('useSeat: not inside a meeting');
  return seat;
}

/** Whoever may end the meeting is asked how to leave; everybody else is out at once. */
export const isAskedHowToLeave = (own: RosterEntry | null) => own?.role === 'host';

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
