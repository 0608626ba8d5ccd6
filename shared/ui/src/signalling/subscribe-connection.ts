import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { IceCandidate, SubscribedStream } from '@anteroom/shared/signalling/messages.ts';
import { type ConnectionTrouble, tellTrouble, toWire } from './publish-connection.ts';
import type { RemoteTracks } from './remote-streams.ts';

/** The peer connection that brings everybody else: the server offers, this answers, again and again. */
export interface SubscribeConnection {
  /** Takes an offer; resolves with the answer. */
  accept(offer: string, streams: readonly SubscribedStream[]): Promise<string>;
  candidate(candidate: IceCandidate | null): void;
  isUp(): boolean;
  framesDecoded(): Promise<DecodedFrames>;
  report(): Promise<RTCStatsReport>;
  close(): void;
}

export type DecodedFrames = { people: Record<ParticipantId, number>; content: number };

export type SubscribeConnectionDeps = {
  onCandidate: (candidate: IceCandidate | null) => void;
  onTrouble: (trouble: ConnectionTrouble) => void;
  /** Whose tracks arrive now. */
  onTracks: (tracks: RemoteTracks) => void;
};

export function createSubscribeConnection({
  onCandidate,
  onTrouble,
  onTracks,
}: SubscribeConnectionDeps): SubscribeConnection {
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  let streamOfMid = new Map<string, SubscribedStream>();
  let queue: Promise<unknown> = Promise.resolve();

  connection.onicecandidate = ({ candidate }) => onCandidate(toWire(candidate));
  tellTrouble(connection, onTrouble);

  function remoteTracks(): RemoteTracks {
    const people = new Map<ParticipantId, MediaStreamTrack[]>();
    const content: MediaStreamTrack[] = [];
    for (const { mid, receiver } of connection.getTransceivers()) {
      const stream = mid === null ? undefined : streamOfMid.get(mid);
      if (stream?.source === 'content') content.push(receiver.track);
      else if (stream) people.set(stream.participantId, [...(people.get(stream.participantId) ?? []), receiver.track]);
    }
    return { people, content };
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
        streamOfMid = new Map(streams.map((stream) => [stream.mid, stream]));
        onTracks(remoteTracks());
        await connection.setLocalDescription();
        return connection.localDescription?.sdp ?? '';
      }),
    candidate(candidate) {
      enqueue(() => connection.addIceCandidate(candidate ?? undefined)).catch(() => undefined); // One of several.
    },
    isUp: () => connection.connectionState === 'connected',
    async framesDecoded() {
      const decoded: DecodedFrames = { people: {}, content: 0 };
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type !== 'inbound-rtp' || entry.kind !== 'video') continue;
        const stream = streamOfMid.get(String(entry.mid));
        const frames = Number(entry.framesDecoded ?? 0);
        if (stream?.source === 'content') decoded.content += frames;
        else if (stream) decoded.people[stream.participantId] = (decoded.people[stream.participantId] ?? 0) + frames;
      }
      return decoded;
    },
    report: () => connection.getStats(),
    close() {
      connection.onicecandidate = null;
      connection.onconnectionstatechange = null;
      connection.close();
    },
  };
}
