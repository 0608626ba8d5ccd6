import type { ClientMessage, IceCandidate, MediaState } from '@anteroom/shared/signalling/messages.ts';
import { type ConnectionTrouble, createPublishConnection, type PublishConnection } from './publish-connection.ts';

/** The own microphone and camera, over one peer connection after another. */
export interface Publishing {
  /** Makes a connection and its offer ahead of the socket that will send it; null while there is nothing to publish. */
  prepare(): Prepared | null;
  /** Makes the prepared connection the one that publishes, after its offer was sent. */
  adopt(prepared: Prepared): void;
  /** Offers anew, if there is anything to publish; while another offer is on its way, once that was answered. */
  publish(): Promise<void>;
  takeAnswer(answer: string): Promise<void>;
  candidate(candidate: IceCandidate | null): void;
  setStream(stream: MediaStream | null): void;
  setMedia(media: MediaState): void;
  /** The offer on its way will not be answered. */
  forgetOffer(): void;
  isOpen(): boolean;
  /** Neither up nor on its way there. */
  isDown(): boolean;
  framesSent(): Promise<number>;
  report(): Promise<RTCStatsReport | null>;
  close(): void;
}

/** A connection whose offer was not sent yet, with the candidates that wait for it. */
export type Prepared = { connection: PublishConnection; offer: Promise<string>; early: (IceCandidate | null)[] };

export type PublishingDeps = {
  stream: MediaStream | null;
  media: MediaState;
  send: (message: ClientMessage) => void;
  /** The same as long as the socket is: what an earlier one began is given up. */
  socket: () => object | null;
  onTrouble: (trouble: ConnectionTrouble, connection: PublishConnection, isCurrent: () => boolean) => void;
};

export function createPublishing({ send, socket, onTrouble, ...begun }: PublishingDeps): Publishing {
  let { stream, media } = begun;
  let current: PublishConnection | null = null;
  /** The connection whose offer was sent and not answered yet. */
  let offered: PublishConnection | null = null;
  let isDue = false;

  function prepare(): Prepared | null {
    if (!stream) return null;
    const early: (IceCandidate | null)[] = [];
    const connection: PublishConnection = createPublishConnection({
      hasLayers: true,
      stream,
      media,
      // Candidates belong behind the offer.
      onCandidate: (candidate) => {
        if (connection === current) sendCandidate(candidate);
        else early.push(candidate);
      },
      onTrouble: (trouble) => onTrouble(trouble, connection, () => connection === current),
    });
    const offer = connection.offer();
    offer.catch(() => undefined); // Seen by whoever sends it.
    return { connection, offer, early };
  }

  function sendCandidate(candidate: IceCandidate | null): void {
    send({ type: 'candidate', connection: 'publish', candidate });
  }

  function adopt({ connection, early }: Prepared): void {
    current?.close();
    current = connection;
    offered = connection;
    connection.setTracks(stream ?? new MediaStream(), media);
    for (const candidate of early) sendCandidate(candidate);
  }

  async function publish(): Promise<void> {
    if (offered) {
      isDue = true;
      return;
    }
    const prepared = prepare();
    if (!prepared) return;
    const during = socket();
    offered = prepared.connection;
    const offer = await prepared.offer;
    if (during !== socket()) {
      prepared.connection.close();
      return;
    }
    send({ type: 'publish', offer });
    adopt(prepared);
  }

  function forgetOffer(): void {
    offered = null;
    isDue = false;
  }

  return {
    prepare,
    adopt,
    publish,
    async takeAnswer(answer) {
      const answered = offered;
      offered = null;
      if (isDue) {
        isDue = false;
        await publish();
        return;
      }
      await answered?.answer(answer);
    },
    candidate: (candidate) => current?.candidate(candidate),
    setStream(next) {
      stream = next;
      current?.setTracks(stream ?? new MediaStream(), media);
    },
    setMedia(next) {
      media = next;
      if (stream) current?.setTracks(stream, media);
    },
    forgetOffer,
    isOpen: () => current !== null,
    isDown: () => !offered && !current?.isUp(),
    framesSent: async () => (await current?.framesSent()) ?? 0,
    report: async () => (await current?.report()) ?? null,
    close() {
      current?.close();
      current = null;
      forgetOffer();
    },
  };
}
