import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { ByeReason } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { JanusError } from '../media-nodes/janus-client.ts';
import type { MediaLink, MediaNode } from '../media-nodes/media-node.ts';
import { createRoomHost, type RoomHost } from '../media-nodes/room-host.ts';
import { createBoards } from './boards/boards.ts';
import { type Client, createClient } from './client.ts';
import type { FrameFault } from './frames.ts';
import { joinWithinMs, maxUnjoinedPerAddress, mediaWaitMs, renewSeatsEveryMs } from './limits.ts';
import { createLiveMeeting } from './live-meeting.ts';
import type { LiveMeeting } from './live-meeting-types.ts';
import { createMediaProbes } from './media-probe.ts';
import type {
  Admission,
  AdmittedMeeting,
  BoardStore,
  Calling,
  Hosting,
  SignallingPeer,
  SignallingService,
} from './ports.ts';
import { controlWaiting, createWaitingRooms } from './waiting-room.ts';

/** The signalling role: sockets on one side, the media server on the other, live meetings in between. */
export type SignallingServiceDeps = {
  admission: Admission;
  hosting: Hosting;
  boardStore: BoardStore;
  calling: Calling;
  mediaNode: MediaNode;
  clock: Clock;
  log: Logger;
};

export function createSignallingService({
  admission,
  hosting,
  boardStore,
  calling,
  mediaNode,
  clock,
  log,
}: SignallingServiceDeps): SignallingService {
  const lifetime = new AbortController();
  const meetings = new Map<string, LiveMeeting>();
  const clients = new Set<Client>();
  const endingRooms = new Set<Promise<void>>();
  const watchers = new Map<string, Set<() => void>>();
  const waitingRooms = createWaitingRooms({
    letIn: hosting.letIn,
    onChange: (meetingId) => {
      const meeting = meetings.get(meetingId);
      if (meeting) meeting.followWaiting();
      else tellWatchers(meetingId);
    },
    clock,
  });
  const boards = createBoards({ store: boardStore, clock, log, signal: lifetime.signal });
  const releasedAtMs = new Map<ParticipantId, number>();
  const counters = { connections: 0, joins: 0, refusedJoins: 0 };
  const faultyFrames: Record<string, number> = {};
  let host: RoomHost | null = null;
  let linkLifetime = new AbortController();
  let isClosing = false;

  function changeLink(link: MediaLink | null): void {
    linkLifetime.abort(new JanusError('closed', 'the link to the media server is gone'));
    linkLifetime = new AbortController();
    host = link ? createRoomHost(link, linkLifetime.signal) : null;
    for (const meeting of meetings.values()) meeting.changeHost(host);
  }
  changeLink(mediaNode.link());
  const mediaProbes = createMediaProbes({ host: () => host, clock, log, signal: lifetime.signal });
  const stopListening = mediaNode.onChange(changeLink);

  async function waitForHost(): Promise<RoomHost | null> {
    const enough = new AbortController();
    const signal = AbortSignal.any([lifetime.signal, enough.signal]);
    clock.sleep(mediaWaitMs, { signal }).then(
      () => enough.abort(new Error(`no media server in ${mediaWaitMs} ms`)),
      () => undefined, // It came in time, or the service is closing.
    );
    try {
      await mediaNode.whenUp({ signal });
      return host;
    } catch {
      return null; // The join is refused with media_unavailable.
    } finally {
      enough.abort();
    }
  }

  function release(participantId: ParticipantId): void {
    if (isClosing) return;
    const nowMs = clock.monotonicMs();
    for (const [id, atMs] of releasedAtMs) if (nowMs - atMs > 60_000) releasedAtMs.delete(id);
    releasedAtMs.set(participantId, nowMs);
    // A seat that is not released now is free again when its lease ends.
    admission.release(participantId).catch((error: unknown) => log.warn({ err: error }, 'seat not released'));
  }

  function destroyRoom(on: RoomHost, meetingId: string): void {
    const ending = on
      .destroyRoom(meetingId, linkLifetime.signal)
      .catch((error: unknown) => {
        // A room on a media server that is gone is gone with it.
        if (on === host) log.warn({ err: error, meetingId }, 'room not destroyed');
      })
      .finally(() => endingRooms.delete(ending));
    endingRooms.add(ending);
  }

  function tellWatchers(meetingId: string): void {
    for (const listener of watchers.get(meetingId) ?? []) listener();
  }

  function openMeeting(meeting: AdmittedMeeting): LiveMeeting {
    const { meetingId } = meeting;
    const known = meetings.get(meetingId);
    if (known) return known;
    const opened = createLiveMeeting({
      meeting,
      hosting,
      calling,
      waitingRooms,
      board: boards.of(meeting),
      host,
      waitForHost,
      signal: lifetime.signal,
      onReleased: release,
      onEmpty: () => {
        meetings.delete(meetingId);
        boards.rest(meetingId);
        if (host) destroyRoom(host, meetingId);
        tellWatchers(meetingId);
      },
      onChange: () => tellWatchers(meetingId),
      clock,
      log: log.child({ meetingId }),
    });
    meetings.set(meetingId, opened);
    return opened;
  }

  function countFault({ code }: FrameFault): void {
    faultyFrames[code] = (faultyFrames[code] ?? 0) + 1;
  }

  async function renewSeats(): Promise<void> {
    for (;;) {
      await clock.sleep(renewSeatsEveryMs, { signal: lifetime.signal });
      const seated = [...meetings.values()].flatMap((meeting) => meeting.participants());
      if (seated.length === 0) continue;
      try {
        await admission.renew(seated.map((participant) => participant.participantId));
      } catch (error) {
        log.warn({ err: error, seats: seated.length }, 'seats not renewed');
      }
    }
  }
  renewSeats().catch(() => undefined); // Ends with the service.

  function isCrowded(peer: SignallingPeer): boolean {
    if (peer.kind === 'terminal') return false;
    const unjoined = [...clients].filter(
      (client) => client.peer.kind === 'browser' && client.peer.address === peer.address && !client.hasTicket(),
    );
    return unjoined.length >= maxUnjoinedPerAddress;
  }

  function cutIdleBrowser(client: Client): void {
    if (client.peer.kind !== 'browser') return;
    clock.sleep(joinWithinMs, { signal: AbortSignal.any([lifetime.signal, client.ended]) }).then(
      () => {
        if (!client.hasTicket()) client.cut();
      },
      () => undefined, // Gone by itself.
    );
  }

  function endMeeting(meetingId: string, reason: ByeReason): void {
    meetings.get(meetingId)?.end(reason);
  }

  return {
    accept(socket: WebSocket, peer: SignallingPeer) {
      if (isClosing || isCrowded(peer)) {
        socket.close(1013, isClosing ? 'server_stopping' : 'too_many_connections');
        return;
      }
      counters.connections += 1;
      const client = createClient({
        socket,
        peer,
        admission,
        openMeeting,
        waitingRooms,
        mediaProbes,
        releasedAtMs: (participantId) => releasedAtMs.get(participantId) ?? null,
        onJoined: () => {
          counters.joins += 1;
        },
        onRefused: () => {
          counters.refusedJoins += 1;
        },
        onFault: countFault,
        onEnd: () => clients.delete(client),
        clock,
        log,
      });
      clients.add(client);
      cutIdleBrowser(client);
    },
    disconnectTerminal(terminalIdOrThumbprint) {
      const isMeant = (peer: SignallingPeer) =>
        peer.kind === 'terminal' &&
        (peer.terminalId === terminalIdOrThumbprint || peer.certificateThumbprint === terminalIdOrThumbprint);
      // Also those whose socket is gone and whose media is still there.
      for (const meeting of [...meetings.values()]) {
        for (const { participantId, peer } of meeting.participants()) {
          if (isMeant(peer)) meeting.remove(participantId, 'revoked');
        }
      }
      for (const client of [...clients]) if (isMeant(client.peer)) client.bye('revoked');
    },
    endMeeting,
    removeParticipant: (meetingId, participantId, reason) => meetings.get(meetingId)?.remove(participantId, reason),
    liveMeetings: () => [...meetings].map(([meetingId, meeting]) => ({ meetingId, roster: meeting.view().roster })),
    view: (meetingId) => meetings.get(meetingId)?.view() ?? null,
    waiting: (meetingId) => waitingRooms.list(meetingId),
    watch(meetingId, listener) {
      const listeners = watchers.get(meetingId) ?? new Set();
      watchers.set(meetingId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) watchers.delete(meetingId);
      };
    },
    async control(meetingId, by, action) {
      const meeting = meetings.get(meetingId);
      if (meeting) return await meeting.control({ participantId: null, ...by }, action);
      return await controlWaiting(waitingRooms, meetingId, action);
    },
    changeMeeting: (meetingId, change) => meetings.get(meetingId)?.changeMeeting(change),
    counters: () => ({ ...counters, faultyFrames: { ...faultyFrames } }),
    async close() {
      isClosing = true;
      lifetime.abort(new Error('signalling is closing'));
      stopListening();
      for (const meetingId of [...meetings.keys()]) endMeeting(meetingId, 'server_stopping');
      if (host) destroyRoom(host, mediaProbes.roomId);
      const ended = [...clients].map((client) => client.closed);
      for (const client of [...clients]) client.bye('server_stopping');
      await Promise.all([...ended, ...endingRooms, boards.flush()]);
      linkLifetime.abort(new Error('signalling is closing'));
    },
  };
}
