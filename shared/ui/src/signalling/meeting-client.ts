import { assertNever } from '@anteroom/shared/assert-never.ts';
import { type JoinRefusal, joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import { PROTOCOL_VERSION } from '@anteroom/shared/protocol/version.ts';
import { type ClientMessage, isAboutBoard, type ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { followRoster, openRoster } from '@anteroom/shared/signalling/roster.ts';
import { createBoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { watchConnections } from '../network/watch-connections.ts';
import type { EndReason, MeetingClient, MeetingClientOptions, MeetingClientState, OwnShare } from './client-types.ts';
import { followTalk, silentTalk } from './meeting-talk.ts';
import { createOwnShare } from './own-share.ts';
import type { ConnectionTrouble } from './publish-connection.ts';
import { createPublishing, type Prepared } from './publishing.ts';
import { createReceiving } from './receiving.ts';
import { createRemoteStreams } from './remote-streams.ts';
import { createRequests } from './requests.ts';
import { createShownView } from './shown-view.ts';
import { openSignallingSocket, type SignallingSocket } from './signalling-socket.ts';
import { createTimers } from './timers.ts';
import { disconnectedForMs, publishAgainMs, reconnectDelaysMs, refusedRetryMs } from './waits.ts';

/**
 * A browser in a meeting: joins with one message, follows the server's offers, and comes back by itself to the same place
 * when the connection was lost or the media server restarted. Knows no framework and draws nothing.
 */

export type { MeetingClient, MeetingClientOptions, MeetingClientState, MeetingClientStats } from './client-types.ts';

type Joined = Extract<MeetingClientState, { phase: 'joined' }>;

export function createMeetingClient(options: MeetingClientOptions): MeetingClient {
  const startedMs = performance.now();
  const remotes = createRemoteStreams();
  const { later, ...timers } = createTimers({ isOver: () => state.phase === 'ended' });
  const board = createBoardChannel((message) => socket?.send(message));
  let { media } = options;
  let state: MeetingClientState = { phase: 'connecting' };
  let socket: SignallingSocket | null = null;
  let isReconnectDue = false;
  let failedTries = 0;
  let joinedAfterMs: number | null = null;
  let firstFrameAfterMs: number | null = null;
  let news = 0;
  let roster = openRoster({ revision: 0, roster: [] });
  let share: OwnShare = { phase: 'off', end: null };
  const requests = createRequests(sendJoined);
  const shownView = createShownView(sendJoined);
  const publishing = createPublishing({
    ...{ stream: options.localStream, media },
    send: (message) => socket?.send(message),
    socket: () => socket,
    onTrouble: watch,
  });
  const receiving = createReceiving({
    send: (message) => socket?.send(message),
    later,
    onTrouble: watch,
    onTracks: (tracks) => {
      remotes.update(tracks);
      patch({ remotes: remotes.people(), content: remotes.content() });
    },
    onFirstFrame: () => {
      firstFrameAfterMs = sinceStartMs();
    },
  });
  const ownShare = createOwnShare({
    send: sendJoined,
    stopOnServer: () => {
      if (state.phase !== 'joined') return;
      void requests.control({ kind: 'stopShare', participantId: state.participantId }); // Never rejects.
    },
    onTrouble: watch,
    onChange: (next) => {
      share = next;
      patch({ share });
    },
  });

  const { network, forgetSaid } = watchConnections({
    reports: { publish: publishing.report, subscribe: receiving.report, content: ownShare.report },
    say: (trouble) => sendJoined({ type: 'network', trouble }),
    later,
  });

  function sendJoined(message: ClientMessage): boolean {
    if (state.phase !== 'joined' || socket === null) return false;
    socket.send(message);
    return true;
  }

  function setState(next: MeetingClientState): void {
    state = next;
    options.onState(next);
  }

  function patch(change: Partial<Joined>): void {
    if (state.phase === 'joined') setState({ ...state, ...change });
  }

  function sinceStartMs(): number {
    return Math.round((performance.now() - startedMs) * 10) / 10;
  }

  function connect(): void {
    isReconnectDue = false;
    socket?.close();
    // The offer is made while the socket opens.
    const preparing = publishing.prepare();
    const opened = openSignallingSocket({
      url: options.url,
      onOpen: () => run(join(opened, preparing)),
      onMessage: (message) => {
        if (opened === socket) receive(message);
      },
      onGone: () => {
        if (opened === socket) reconnect();
      },
    });
    socket = opened;
  }

  /** Errors of a connection that was replaced meanwhile mean nothing; others are repaired by joining again. */
  function run(step: Promise<void>): void {
    const during = socket;
    step.catch(() => {
      if (during === socket && state.phase !== 'ended') reconnect();
    });
  }

  function reconnect(): void {
    if (isReconnectDue) return;
    isReconnectDue = true;
    socket?.close();
    socket = null;
    requests.fail();
    board.feed({ kind: 'closed' });
    publishing.forgetOffer();
    const delayMs = reconnectDelaysMs[Math.min(failedTries, reconnectDelaysMs.length - 1)] ?? 0;
    failedTries += 1;
    if (state.phase === 'joined') patch({ isReconnecting: true });
    else if (state.phase === 'connecting' && failedTries > 1) {
      setState({ phase: 'refused', reason: 'fleet_unreachable', isTryingAgain: true });
    }
    later(delayMs, connect);
  }

  async function join(on: SignallingSocket, prepared: Prepared | null): Promise<void> {
    const offer = prepared ? await prepared.offer : undefined;
    if (on !== socket) {
      prepared?.connection.close();
      return;
    }
    on.send({
      type: 'join',
      v: PROTOCOL_VERSION,
      ticket: options.ticket,
      media,
      canWait: true,
      ...(ownShare.isOn() ? { isSharing: true } : {}),
      ...(offer ? { offer } : {}),
    });
    if (prepared) publishing.adopt(prepared);
  }

  /** A media path that stays broken is often a network that changed, which the socket notices late: join again. */
  function watch(trouble: ConnectionTrouble, connection: { isUp(): boolean }, isCurrent: () => boolean): void {
    later(trouble === 'failed' ? 0 : disconnectedForMs, () => {
      if (isCurrent() && !connection.isUp()) reconnect();
    });
  }

  function receive(message: ServerMessage): void {
    if (isAboutBoard(message)) {
      board.feed({ kind: 'message', message });
      return;
    }
    if (message.type === 'meeting' && message.revision <= news) return;
    if (state.phase === 'joined') {
      const talk = followTalk(state.talk, message, performance.now());
      if (talk !== state.talk) patch({ talk });
    }
    switch (message.type) {
      case 'joined': {
        failedTries = 0;
        joinedAfterMs ??= sinceStartMs();
        roster = openRoster(message);
        news = 0;
        setState({
          phase: 'joined',
          participantId: message.participantId,
          meeting: message.meeting,
          roster: roster.entries,
          remotes: remotes.people(),
          content: remotes.content(),
          media,
          share,
          talk: state.phase === 'joined' ? state.talk : followTalk(silentTalk, message, performance.now()),
          isReconnecting: false,
        });
        board.feed({ kind: 'opened' });
        shownView.tell();
        forgetSaid();
        if (message.answer !== undefined) run(publishing.takeAnswer(message.answer));
        // The camera was opened while the join was on its way.
        else run(publishing.publish());
        ownShare.again();
        return;
      }
      case 'published':
        run(publishing.takeAnswer(message.answer));
        return;
      case 'refused':
        refuse(message.reason);
        return;
      case 'held':
        failedTries = 0;
        publishing.close();
        setState({ phase: 'held', reason: message.reason, notice: null });
        return;
      case 'offer':
        run(receiving.accept(message));
        return;
      case 'candidate':
        if (message.connection === 'publish') publishing.candidate(message.candidate);
        else if (message.connection === 'content') ownShare.candidate(message.candidate);
        else receiving.candidate(message.candidate);
        return;
      case 'shared':
      case 'shareRefused':
      case 'shareEnded':
        ownShare.follow(message);
        return;
      case 'roster':
        roster = followRoster(roster, message);
        patch({ roster: roster.entries });
        return;
      case 'meeting':
        news = message.revision;
        patch({ meeting: message.meeting });
        return;
      case 'notice':
        if (state.phase === 'held') setState({ ...state, notice: message.text });
        return;
      case 'controlled':
      case 'found':
        requests.settle(message);
        return;
      // Followed above; `probed` answers a test, which is no meeting client's.
      case 'probed':
      case 'waiting':
      case 'called':
      case 'ask':
      case 'chat':
      case 'reaction':
        return;
      case 'republish':
        receiving.close();
        publishing.forgetOffer();
        run(publishing.publish());
        ownShare.again();
        return;
      case 'error':
        if (message.code === 'rate_limited') board.feed({ kind: 'dropped' });
        if (message.code !== 'media_unavailable') return;
        // The offer in flight was not taken. The server says `republish` when it can take one, or is asked again.
        publishing.forgetOffer();
        later(publishAgainMs, () => {
          if (publishing.isDown()) run(publishing.publish());
        });
        return;
      case 'bye':
        if (message.reason === 'server_stopping') reconnect();
        else end(message.isHungUp ? 'hung_up' : message.reason);
        return;
      default:
        assertNever(message);
    }
  }

  function refuse(reason: JoinRefusal): void {
    publishing.forgetOffer();
    const isTryingAgain = joinRefusalTexts[reason].retriesByItself;
    setState({ phase: 'refused', reason, isTryingAgain });
    if (isTryingAgain) later(refusedRetryMs, connect);
    else closeAll();
  }

  function closeAll(): void {
    timers.clear();
    board.feed({ kind: 'closed' });
    socket?.close();
    socket = null;
    publishing.close();
    receiving.close();
    ownShare.close();
  }

  function end(reason: EndReason): void {
    if (state.phase === 'ended') return;
    closeAll();
    setState({ phase: 'ended', reason });
  }

  connect();

  return {
    state: () => state,
    setMedia(next) {
      media = next;
      publishing.setMedia(media);
      socket?.send({ type: 'media', media });
      patch({ media });
    },
    setLocalStream(stream) {
      publishing.setStream(stream);
      if (stream && !publishing.isOpen() && state.phase === 'joined') run(publishing.publish());
    },
    share: (stream, { takesOver }) => ownShare.start(stream, takesOver),
    stopSharing: ownShare.stop,
    control: requests.control,
    setView: shownView.set,
    board: board.channel,
    network,
    find: requests.find,
    answerAsk() {
      if (state.phase === 'joined') patch({ talk: { ...state.talk, ask: null } });
    },
    async stats() {
      const [decoded, framesSent] = await Promise.all([receiving.framesDecoded(), publishing.framesSent()]);
      const { people: framesDecoded, content: contentFramesDecoded } = decoded;
      return { joinedAfterMs, firstFrameAfterMs, framesDecoded, contentFramesDecoded, framesSent };
    },
    leave() {
      socket?.send({ type: 'leave' });
      end('left');
    },
  };
}
