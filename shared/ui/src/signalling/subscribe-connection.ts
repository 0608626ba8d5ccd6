import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { IceCandidate, SubscribedStream } from '@anteroom/shared/signalling/messages.ts';
import { type ConnectionTrouble, tellTrouble, toWire } from './publish-connection.ts';

/** The peer connection that brings everybody else: the server offers, this answers, again and again. */
export interface SubscribeConnection {
  /** Takes an offer; resolves with the answer. */
  accept(offer: string, streams: readonly SubscribedStream[]): Promise<string>;
  candidate(candidate: IceCandidate | null): void;
  isUp(): boolean;
  framesDecoded(): Promise<Record<ParticipantId, number>>;
  close(): void;
}

export type SubscribeConnectionDeps = {
  onCandidate: (candidate: IceCandidate | null) => void;
  onTrouble: (trouble: ConnectionTrouble) => void;
  /** Whose tracks arrive now. */
  onTracks: (tracks: ReadonlyMap<ParticipantId, MediaStreamTrack[]>) => void;
};

export function createSubscribeConnection({
  onCandidate,
  onTrouble,
  onTracks,
}: SubscribeConnectionDeps): SubscribeConnection {
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  let ownerOfMid = new Map<string, ParticipantId>();
  let queue: Promise<unknown> = Promise.resolve();

  connection.onicecandidate = ({ candidate }) => onCandidate(toWire(candidate));
  tellTrouble(connection, onTrouble);

  function tracksByOwner(): Map<ParticipantId, MediaStreamTrack[]> {
    const tracks = new Map<ParticipantId, MediaStreamTrack[]>();
    for (const { mid, receiver } of connection.getTransceivers()) {
      const owner = mid === null ? undefined : ownerOfMid.get(mid);
      if (owner) tracks.set(owner, [...(tracks.get(owner) ?? []), receiver.track]);
    }
    return tracks;
  }

  function enqueue<T>(step: () => Promise<T>): Promise<T> {
    const done = queue.then(step, step);
    queue = done;
    return done;
  }

  return {
    accept: (offer, streams) =>
      enqueue(async () => {
        await connection.setRemoteDescription({ type: 'offer', sdp: offer });
        ownerOfMid = new Map(streams.map(({ mid, participantId }) => [mid, participantId]));
        onTracks(tracksByOwner());
        await connection.setLocalDescription();
        return connection.localDescription?.sdp ?? '';
      }),
    candidate(candidate) {
      enqueue(() => connection.addIceCandidate(candidate ?? undefined)).catch(() => undefined); // One of several.
    },
    isUp: () => connection.connectionState === 'connected',
    async framesDecoded() {
      const decoded: Record<ParticipantId, number> = {};
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type !== 'inbound-rtp' || entry.kind !== 'video') continue;
        const owner = ownerOfMid.get(String(entry.mid));
        if (owner) decoded[owner] = (decoded[owner] ?? 0) + Number(entry.framesDecoded ?? 0);
      }
      return decoded;
    },
    close() {
      connection.onicecandidate = null;
      connection.onconnectionstatechange = null;
      connection.close();
    },
  };
}
