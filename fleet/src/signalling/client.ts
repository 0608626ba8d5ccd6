import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { ByeReason, ClientMessage } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { notFound } from './calling-desk.ts';
import type { FrameFault } from './frames.ts';
import { askAgainEveryMs, findRate, maxEarlyCandidates } from './limits.ts';
import type { CandidateMessage, JoinMessage, LiveMeeting, PlaceMessage } from './live-meeting-types.ts';
import { faultOfDescription, isCandidate } from './media-guard.ts';
import { faultOfProbe, type MediaProbe, type MediaProbes } from './media-probe.ts';
import type { Admission, AdmitResult, AdmittedMeeting, SignallingPeer } from './ports.ts';
import { fullBucket, takeToken } from './rate-limit.ts';
import { createSession, type Session } from './session.ts';
import type { WaitingRooms } from './waiting-room.ts';

/** A connected client on its way through: waiting at the door, joining, in a meeting, gone. */
export interface Client {
  readonly peer: SignallingPeer;
  /** In a meeting, or held at its door with a ticket that is good. */
  hasTicket(): boolean;
  bye(reason: ByeReason): void;
  cut(): void;
  /** Aborted when the client is gone. */
  readonly ended: AbortSignal;
  /** Resolves when the socket itself is closed. */
  readonly closed: Promise<void>;
}

export type ClientDeps = {
  socket: WebSocket;
  peer: SignallingPeer;
  admission: Admission;
  openMeeting: (meeting: AdmittedMeeting) => LiveMeeting;
  waitingRooms: WaitingRooms;
  mediaProbes: MediaProbes;
  /** When the participant's seat was last given back, in monotonic milliseconds. */
  releasedAtMs: (participantId: ParticipantId) => number | null;
  onJoined: () => void;
  onRefused: () => void;
  onFault: (fault: FrameFault) => void;
  onEnd: () => void;
  clock: Clock;
  log: Logger;
};

/** What admission said, and when it was asked. */
type Asked = { atMs: number; answer: AdmitResult };
type Held = Extract<AdmitResult, { decision: 'hold' }>;

type Whereabouts =
  | { at: 'door' }
  | { at: 'joining' }
  /** Without a meeting, only to test the way to the media server. */
  | { at: 'testing'; probe: MediaProbe }
  /** Held at the door. */
  | { at: 'waiting'; ended: AbortController; held: Held }
  | { at: 'meeting'; meeting: LiveMeeting; participantId: ParticipantId };

/** What is wrong with the description that the message bears, if it bears one. */
function faultIn(message: ClientMessage): string | null {
  if (message.type === 'answer') return faultOfDescription(message.answer, 'subscribe');
  if (message.type === 'probe') return faultOfDescription(message.offer, 'publish') ?? faultOfProbe(message.offer);
  if (message.type === 'join' || message.type === 'publish' || message.type === 'share') {
    return message.offer === undefined ? null : faultOfDescription(message.offer, 'publish');
  }
  return null;
}

export function createClient(deps: ClientDeps): Client {
  const ended = new AbortController();
  const closed = new Promise<void>((resolve) => deps.socket.once('close', () => resolve()));
  let whereabouts: Whereabouts = { at: 'door' };
  /** Candidates that overtook the join they belong to. */
  let early: CandidateMessage[] = [];
  let queue = Promise.resolve();
  let searches = fullBucket(findRate, deps.clock.monotonicMs());

  const session: Session = createSession({
    ...deps,
    onMessage: receive,
    onEnd: () => {
      ended.abort();
      if (whereabouts.at === 'meeting') whereabouts.meeting.lose(whereabouts.participantId, session);
      if (whereabouts.at === 'waiting') stopWaiting(whereabouts);
      deps.onEnd();
    },
  });

  function receive(message: ClientMessage): void {
    const fault = faultIn(message);
    // A join is answered with a refusal, which its client waits for.
    if (fault !== null && message.type !== 'join') {
      session.fault({ code: 'media_offer_invalid', detail: fault });
      return;
    }
    // Candidates are worth most when they are early: they do not wait behind other messages.
    if (message.type === 'candidate') {
      receiveCandidate(message);
      return;
    }
    queue = queue
      .then(() => (session.isOpen() ? follow(message) : undefined))
      .catch((error: unknown) => {
        deps.log.error({ err: error, type: message.type }, 'signalling message failed');
        session.fault({ code: 'internal', detail: message.type });
      });
  }

  function receiveCandidate(received: CandidateMessage): void {
    // Some stacks end their candidates with an empty one (RFC 8838 8.2) instead of none.
    const message = received.candidate?.candidate === '' ? { ...received, candidate: null } : received;
    if (!isCandidate(message.candidate)) {
      session.fault({ code: 'request_invalid', detail: 'candidate' });
      return;
    }
    if (whereabouts.at === 'meeting') {
      whereabouts.meeting.handle(whereabouts.participantId, session, message);
    } else if (whereabouts.at === 'testing') {
      whereabouts.probe.candidate(message.candidate);
    } else if (whereabouts.at !== 'waiting' && early.length < maxEarlyCandidates) {
      early.push(message);
    }
  }

  async function follow(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case 'join':
        return whereabouts.at === 'door' ? await join(message) : outOfPlace('already joined');
      case 'leave':
        if (whereabouts.at === 'waiting') return goAway(whereabouts);
        if (whereabouts.at !== 'meeting') return outOfPlace('not joined');
        return whereabouts.meeting.remove(whereabouts.participantId, 'left');
      case 'publish':
        if (whereabouts.at !== 'meeting') return outOfPlace('not joined');
        return await whereabouts.meeting.publish(whereabouts.participantId, session, message.offer);
      case 'share':
        if (whereabouts.at !== 'meeting') return outOfPlace('not joined');
        return await whereabouts.meeting.share(whereabouts.participantId, session, message);
      case 'control': {
        if (whereabouts.at !== 'meeting') return outOfPlace('not joined');
        const { participantId, meeting } = whereabouts;
        const refusal = await meeting.control({ participantId }, message.action);
        return session.send({ type: 'controlled', id: message.id, refusal });
      }
      case 'boardSync':
      case 'boardUpdate':
      case 'boardPoint':
        if (whereabouts.at !== 'meeting') return outOfPlace('not joined');
        return await whereabouts.meeting.draw(whereabouts.participantId, session, message);
      case 'find':
        return find(message);
      case 'probe':
        return whereabouts.at === 'door' ? await test(message.offer) : outOfPlace('not at the door');
      case 'answer':
      case 'media':
      case 'network':
      case 'roomMute':
      case 'view':
      case 'resubscribe':
      case 'candidate':
        return pass(message);
    }
  }

  /** Nothing else waits for a search. */
  function find({ id, text }: Extract<ClientMessage, { type: 'find' }>): void {
    if (whereabouts.at !== 'meeting') {
      outOfPlace('not joined');
      return;
    }
    const { participantId, meeting } = whereabouts;
    const taken = takeToken(searches, findRate, deps.clock.monotonicMs());
    searches = taken.bucket;
    if (!taken.isAllowed) {
      session.send({ type: 'found', id, ...notFound('too_often') });
      return;
    }
    meeting.find(participantId, text).then(
      (found) => session.send({ type: 'found', id, ...found }),
      (error: unknown) => {
        deps.log.error({ err: error }, 'search failed');
        session.send({ type: 'found', id, ...notFound('too_slow') });
      },
    );
  }

  async function test(offer: string): Promise<void> {
    if (deps.peer.kind !== 'browser') return outOfPlace('only browsers test their way');
    const probe = deps.mediaProbes.begin({
      address: deps.peer.address,
      onCandidate: (candidate) => session.send({ type: 'candidate', connection: 'publish', candidate }),
      signal: ended.signal,
    });
    if (!probe) return session.send({ type: 'probed', answer: null });
    whereabouts = { at: 'testing', probe };
    for (const { candidate } of early.splice(0)) probe.candidate(candidate);
    try {
      session.send({ type: 'probed', answer: await probe.answer(offer) });
      probe.openCandidates();
    } catch (error) {
      deps.log.info({ err: error }, 'way to the media server not tested');
      session.send({ type: 'probed', answer: null });
    }
  }

  function pass(message: PlaceMessage): void {
    if (whereabouts.at !== 'meeting') {
      outOfPlace('not joined');
      return;
    }
    const isFitting = whereabouts.meeting.handle(whereabouts.participantId, session, message);
    if (!isFitting) outOfPlace('there is no offer of this revision');
  }

  function outOfPlace(detail: string): void {
    session.fault({ code: 'message_out_of_place', detail });
  }

  async function admit(ticket: string): Promise<AdmitResult> {
    const certificateThumbprint = deps.peer.kind === 'terminal' ? deps.peer.certificateThumbprint : null;
    try {
      return await deps.admission.admit({ ticket, certificateThumbprint });
    } catch (error) {
      deps.log.error({ err: error }, 'admission failed');
      return { decision: 'refuse', reason: 'media_unavailable' };
    }
  }

  async function join(message: JoinMessage): Promise<void> {
    const fault = faultIn(message);
    if (fault !== null) {
      deps.onFault({ code: 'media_offer_invalid', detail: fault });
      refuse('media_failed');
      return;
    }
    whereabouts = { at: 'joining' };
    await take(message, await ask(message));
  }

  async function ask({ ticket }: JoinMessage): Promise<Asked> {
    const atMs = deps.clock.monotonicMs();
    return { atMs, answer: await admit(ticket) };
  }

  async function take(message: JoinMessage, { atMs: askedAtMs, answer: admitted }: Asked): Promise<void> {
    if (admitted.decision === 'hold') {
      if (message.canWait === true) return hold(message, admitted);
      knock(admitted, () => undefined);
    }
    if (admitted.decision !== 'admit') return refuse(admitted.reason);
    const { participantId } = admitted.participant;
    deps.waitingRooms.forget(admitted.meeting.meetingId, participantId);
    const meeting = deps.openMeeting(admitted.meeting);
    if (!session.isOpen()) {
      // Gone while it was asked: nobody holds this place unless another socket of the same participant does.
      return meeting.forget(participantId);
    }
    // From here on the meeting knows the session: candidates go there, and the end of the socket too.
    whereabouts = { at: 'meeting', meeting, participantId };
    const entering = meeting.enter({ ...admitted, session, join: message, early });
    early = [];
    const result = await entering;
    if (result === 'replaced') return;
    if (result === 'removed') meeting.forget(participantId);
    if (result !== 'entered') return refuse(result);
    deps.onJoined();
    // The seat may have been given back by an earlier connection that ended just now.
    if ((deps.releasedAtMs(participantId) ?? Number.NEGATIVE_INFINITY) < askedAtMs) return;
    const again = await admit(message.ticket);
    if (again.decision !== 'admit') meeting.remove(participantId, 'removed');
  }

  /** Hosts see whoever waits for them. */
  function knock({ reason, meeting, participant }: Held, askNow: () => void): void {
    const { waitingRooms } = deps;
    if (reason !== 'waiting_room') waitingRooms.forget(meeting.meetingId, participant.participantId);
    else waitingRooms.hold(meeting, participant, { tell: (text) => session.send({ type: 'notice', text }), askNow });
  }

  /** Asks again until nothing holds them any more; the messages of whoever waits are heard meanwhile. */
  function hold({ offer: _offer, ...message }: JoinMessage, held: Held): void {
    const ended = new AbortController();
    whereabouts = { at: 'waiting', ended, held };
    early = [];
    session.send({ type: 'held', reason: held.reason });
    if (!session.isOpen()) return;
    wait(message, held, ended.signal).catch((error: unknown) => {
      if (ended.signal.aborted) return;
      deps.log.error({ err: error }, 'waiting at the door failed');
      refuse('media_unavailable');
    });
  }

  async function wait(message: JoinMessage, first: Held, signal: AbortSignal): Promise<void> {
    for (let held = first; ; ) {
      const isLetIn = new AbortController();
      knock(held, () => isLetIn.abort());
      await deps.clock.sleep(askAgainEveryMs, { signal: AbortSignal.any([signal, isLetIn.signal]) }).catch(() => {
        signal.throwIfAborted(); // Let in: ask at once.
      });
      const asked = await ask(message);
      if (signal.aborted) return giveBack(asked);
      if (asked.answer.decision !== 'hold') {
        whereabouts = { at: 'joining' };
        return await take(message, asked);
      }
      if (asked.answer.reason !== held.reason) session.send({ type: 'held', reason: asked.answer.reason });
      held = asked.answer;
    }
  }

  /** They went away while they were let in. */
  function giveBack({ answer }: Asked): void {
    if (answer.decision !== 'admit') return;
    deps.openMeeting(answer.meeting).forget(answer.participant.participantId);
  }

  function stopWaiting({ ended, held }: Extract<Whereabouts, { at: 'waiting' }>): void {
    ended.abort();
    deps.waitingRooms.forget(held.meeting.meetingId, held.participant.participantId);
  }

  function goAway(waiting: Extract<Whereabouts, { at: 'waiting' }>): void {
    stopWaiting(waiting);
    whereabouts = { at: 'door' };
  }

  function refuse(reason: JoinRefusal): void {
    whereabouts = { at: 'door' };
    early = [];
    deps.onRefused();
    session.send({ type: 'refused', reason });
  }

  return {
    peer: deps.peer,
    hasTicket: () => whereabouts.at === 'meeting' || whereabouts.at === 'waiting',
    bye: (reason) => session.bye(reason),
    cut: () => session.cut(),
    ended: ended.signal,
    closed,
  };
}
