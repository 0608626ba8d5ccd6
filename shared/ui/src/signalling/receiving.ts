import type { ClientMessage, IceCandidate, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import type { ConnectionTrouble } from './publish-connection.ts';
import { noTracks, type RemoteTracks } from './remote-streams.ts';
import { createSubscribeConnection, type DecodedFrames, type SubscribeConnection } from './subscribe-connection.ts';

/** Everybody else's media, over one peer connection after another. */
export interface Receiving {
  accept(message: OfferMessage): Promise<void>;
  candidate(candidate: IceCandidate | null): void;
  framesDecoded(): Promise<DecodedFrames>;
  report(): Promise<RTCStatsReport | null>;
  close(): void;
}

export type OfferMessage = Extract<ServerMessage, { type: 'offer' }>;

export type ReceivingDeps = {
  send: (message: ClientMessage) => void;
  later: (delayMs: number, action: () => void) => void;
  onTrouble: (trouble: ConnectionTrouble, connection: SubscribeConnection, isCurrent: () => boolean) => void;
  onTracks: (tracks: RemoteTracks) => void;
  /** Once. */
  onFirstFrame: () => void;
};

const firstFramePollMs = 20;

export function createReceiving({ send, later, onTrouble, onTracks, onFirstFrame }: ReceivingDeps): Receiving {
  let current: SubscribeConnection | null = null;
  let hasFirstFrame = false;

  function open(): SubscribeConnection {
    const connection: SubscribeConnection = createSubscribeConnection({
      onCandidate: (candidate) => {
        if (connection === current) send({ type: 'candidate', connection: 'subscribe', candidate });
      },
      onTrouble: (trouble) => onTrouble(trouble, connection, () => connection === current),
      onTracks: (tracks) => {
        if (connection !== current) return;
        onTracks(tracks);
        if (!hasFirstFrame) awaitFirstFrame(connection);
      },
    });
    return connection;
  }

  function awaitFirstFrame(connection: SubscribeConnection): void {
    connection.framesDecoded().then(
      ({ people, content }) => {
        if (hasFirstFrame || connection !== current) return;
        if ([...Object.values(people), content].some((frames) => frames > 0)) {
          hasFirstFrame = true;
          onFirstFrame();
        } else later(firstFramePollMs, () => awaitFirstFrame(connection));
      },
      () => undefined, // Closed: nothing to measure.
    );
  }

  return {
    async accept({ isNew, offer, streams, revision }) {
      if (isNew || !current) {
        current?.close();
        current = open();
      }
      const accepting = current;
      const answer = await accepting.accept(offer, streams);
      if (accepting === current) send({ type: 'answer', revision, answer });
    },
    candidate: (candidate) => current?.candidate(candidate),
    framesDecoded: async () => (await current?.framesDecoded()) ?? { people: {}, content: 0 },
    report: async () => (await current?.report()) ?? null,
    close() {
      current?.close();
      current = null;
      onTracks(noTracks);
    },
  };
}
