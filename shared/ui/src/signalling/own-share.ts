import type { ShareEnd, ShareRefusal } from '@anteroom/shared/meeting/sharing.ts';
import type { ClientMessage, IceCandidate, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import type { OwnShare } from './client-types.ts';
import { type ConnectionTrouble, createPublishConnection, type PublishConnection } from './publish-connection.ts';

/**
 * What this client shares, over a connection of its own: begun when the server grants it, sent anew after a reconnection
 * or when the media server came back empty, ended by whoever shares, by the server, or where the picture comes from.
 */
export interface OwnShareControl {
  start(stream: MediaStream, takesOver: boolean): Promise<ShareRefusal | null>;
  stop(): void;
  follow(message: ShareAnswer): void;
  candidate(candidate: IceCandidate | null): void;
  /** The server knows nothing of its media any more: sends it anew, if something is shared. */
  again(): void;
  isOn(): boolean;
  report(): Promise<RTCStatsReport | null>;
  /** The meeting is over for this client. */
  close(): void;
}

export type ShareAnswer = Extract<ServerMessage, { type: 'shared' | 'shareRefused' | 'shareEnded' }>;

export type OwnShareDeps = {
  /** False when there is no connection to the server. */
  send: (message: ClientMessage) => boolean;
  /** Ends it on the server too. */
  stopOnServer: () => void;
  onTrouble: (trouble: ConnectionTrouble, connection: PublishConnection, isCurrent: () => boolean) => void;
  onChange: (share: OwnShare) => void;
};

type Current = {
  stream: MediaStream;
  /** Until it is granted. */
  takesOver: boolean;
  connection: PublishConnection | null;
  isGranted: boolean;
  resolve: (refusal: ShareRefusal | null) => void;
};

const all = { isMicrophoneOn: true, isCameraOn: true };

export function createOwnShare({ send, stopOnServer, onTrouble, onChange }: OwnShareDeps): OwnShareControl {
  let current: Current | null = null;
  /** Connections whose offer was sent and not answered yet, in that order. */
  let offered: PublishConnection[] = [];

  function finish(end: ShareEnd | ShareRefusal | null, refusal: ShareRefusal | null): void {
    const ended = current;
    current = null;
    if (!ended) return;
    ended.connection?.close();
    for (const track of ended.stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    onChange({ phase: 'off', end });
    ended.resolve(refusal);
  }

  function stop(): void {
    if (!current) return;
    finish(null, null);
    stopOnServer();
  }

  async function offer(share: Current): Promise<void> {
    const early: (IceCandidate | null)[] = [];
    let isSent = false;
    const connection: PublishConnection = createPublishConnection({
      hasLayers: false,
      stream: share.stream,
      media: all,
      // Candidates belong behind the offer.
      onCandidate: (candidate) => {
        if (isSent) send({ type: 'candidate', connection: 'content', candidate });
        else early.push(candidate);
      },
      onTrouble: (trouble) => onTrouble(trouble, connection, () => connection === current?.connection),
    });
    share.connection?.close();
    share.connection = connection;
    const sdp = await connection.offer();
    if (share !== current || share.connection !== connection) return;
    if (!send({ type: 'share', offer: sdp, takesOver: share.takesOver })) return fail(share);
    offered.push(connection);
    isSent = true;
    for (const candidate of early) send({ type: 'candidate', connection: 'content', candidate });
  }

  /** What is shown already is sent again with the next connection; what is not is refused. */
  function fail(share: Current): void {
    if (share === current && !share.isGranted) finish('media_unavailable', 'media_unavailable');
  }

  async function grant(share: Current, answer: string): Promise<void> {
    await share.connection?.answer(answer);
    if (share !== current) return;
    share.isGranted = true;
    share.takesOver = false;
    onChange({ phase: 'on', stream: share.stream });
    share.resolve(null);
  }

  return {
    start(stream, takesOver) {
      finish(null, null);
      const { promise, resolve } = Promise.withResolvers<ShareRefusal | null>();
      const share: Current = { stream, takesOver, connection: null, isGranted: false, resolve };
      current = share;
      onChange({ phase: 'starting' });
      // The browser ends the picture by itself when its own "stop sharing" is pressed or the window is closed.
      for (const track of stream.getVideoTracks()) track.onended = stop;
      offer(share).catch(() => fail(share));
      return promise;
    },
    stop,
    follow(message) {
      if (message.type === 'shareEnded') {
        // Before the first offer is granted it is about an earlier share.
        if (!current?.isGranted) return;
        finish(message.reason, null);
        // An offer that was made anew may be on its way.
        stopOnServer();
        return;
      }
      const answered = offered.shift();
      const share = current;
      if (!share || !answered || answered !== share.connection) return;
      if (message.type === 'shared') grant(share, message.answer).catch(() => fail(share));
      else finish(message.reason, message.reason);
    },
    candidate: (candidate) => current?.connection?.candidate(candidate),
    again() {
      offered = [];
      const share = current;
      if (share) offer(share).catch(() => fail(share));
    },
    isOn: () => current !== null,
    report: async () => (await current?.connection?.report()) ?? null,
    close: () => finish(null, null),
  };
}
