import { change, type Host, type MeetingState, type Member } from './members.ts';

/**
 * Who has the host role (domain.md 3, Leaving). Whoever may host takes it when they come; it waits for a host whose
 * connection dropped, and then passes to a co-host, else to the member who has been there longest.
 */

/** The state with the host role in other hands; whoever had it stays a co-host when `keeps`. */
export function passHost(state: MeetingState, host: Host, { keeps }: { keeps: boolean }): MeetingState {
  const before = state.host?.participantId;
  const stepped =
    before === undefined || before === host.participantId
      ? state
      : change(state, before, (member) => ({ ...member, role: keeps ? 'cohost' : plainRoleOf(member) }));
  const passed = change(stepped, host.participantId, (member) => ({ ...member, role: 'host' }));
  return { ...passed, host };
}

export function plainRoleOf({ standing }: Pick<Member, 'standing'>): Member['role'] {
  return standing === 'guest' ? 'guest' : 'member';
}

/**
 * A newcomer who may host. A person takes the role from whoever has it only because no such person was there, a terminal
 * or a successor; not from another host, nor from somebody to whom it was handed over.
 */
export function followArrival(state: MeetingState, member: Member): MeetingState {
  const { host } = state;
  const { participantId } = member;
  if (host?.participantId === participantId) return passHost(state, host, { keeps: false });
  if (member.standing !== 'host') return state;
  const holder = host && state.members.get(host.participantId);
  const isPassedOver =
    host === null ||
    (host.by !== 'handOver' && member.kind === 'person' && holder != null && !isPersonWhoHosts(holder));
  if (isPassedOver) return passHost(state, { participantId, by: 'arrival' }, { keeps: true });
  return change(state, participantId, (newcomer) => ({ ...newcomer, role: 'cohost' }));
}

function isPersonWhoHosts(member: Member): boolean {
  return member.kind === 'person' && member.standing === 'host';
}

/** A host who leaves by their own will is not waited for. */
export function followLeaving(state: MeetingState, member: Member, isOwnWill: boolean): MeetingState {
  if (state.host?.participantId !== member.participantId) return state;
  return isOwnWill ? succeed(state) : state;
}

export function followHostAway(state: MeetingState): MeetingState {
  if (state.host === null || state.members.get(state.host.participantId)?.isConnected) return state;
  return succeed(state);
}

function succeed(state: MeetingState): MeetingState {
  const gone = state.host?.participantId;
  const present = [...state.members.values()]
    .filter((member) => member.participantId !== gone && member.isConnected)
    .sort((a, b) => a.order - b.order);
  const successor =
    present.find(({ role }) => role === 'cohost') ?? present.find(({ standing }) => standing !== 'guest');
  if (successor) {
    const { participantId } = successor;
    return passHost(state, { participantId, by: 'succession' }, { keeps: false });
  }
  const left = gone === undefined ? state : change(state, gone, (member) => ({ ...member, role: plainRoleOf(member) }));
  return { ...left, host: null };
}
