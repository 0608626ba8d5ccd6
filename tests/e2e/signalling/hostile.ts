import type { ClientMessage, PeerConnectionName, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { openScreen } from './screen.ts';

/** A client that speaks the protocol and keeps to none of its manners: it ignores whatever it is told. */
export interface Hostile {
  /** Joins with camera and a loud tone, over a socket of its own; resolves with the first answer. */
  enter(url: string, ticket: string): Promise<ServerMessage['type'] | 'refused'>;
  /** Publishes anew, as if nothing had happened. */
  republish(): Promise<void>;
  /** Sends a screen, on top of those that it sends already. */
  share(colour: string, takesOver: boolean): Promise<void>;
  send(message: ClientMessage): void;
  told(): string[];
  /** Packets that reached it on all its connections so far. */
  received(): Promise<number>;
  /** Packets that it sent so far. */
  sent(): Promise<number>;
}

export function createHostile(): Hostile {
  const told: string[] = [];
  const publishing: RTCPeerConnection[] = [];
  const sharing: RTCPeerConnection[] = [];
  const receiving: RTCPeerConnection[] = [];
  const connections: Record<PeerConnectionName, RTCPeerConnection[]> = {
    ...{ publish: publishing, content: sharing, subscribe: receiving },
  };
  let socket: WebSocket | null = null;
  let media: MediaStream | null = null;

  const send = (message: ClientMessage) => socket?.send(JSON.stringify(message));

  async function openMedia(): Promise<MediaStream> {
    if (media) return media;
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: 660 });
    const microphone = new MediaStreamAudioDestinationNode(context);
    tone.connect(microphone);
    tone.start();
    media = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 180, frameRate: 15 } });
    for (const track of microphone.stream.getTracks()) media.addTrack(track);
    return media;
  }

  async function offer(name: 'publish' | 'content', stream: MediaStream): Promise<string> {
    const connection = new RTCPeerConnection();
    for (const track of stream.getTracks()) {
      connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
    }
    connection.onicecandidate = ({ candidate }) => {
      send({ type: 'candidate', connection: name, candidate: candidate?.toJSON() as never });
    };
    await connection.setLocalDescription();
    // The old one stays open: it goes on sending.
    connections[name].push(connection);
    return connection.localDescription?.sdp ?? '';
  }

  async function follow(message: ServerMessage): Promise<void> {
    told.push(message.type);
    const answer = message.type === 'joined' || message.type === 'published' ? message.answer : undefined;
    if (answer !== undefined) await publishing.at(-1)?.setRemoteDescription({ type: 'answer', sdp: answer });
    if (message.type === 'shared') await sharing.at(-1)?.setRemoteDescription({ type: 'answer', sdp: message.answer });
    if (message.type === 'candidate') {
      const connection = connections[message.connection].at(-1);
      await connection?.addIceCandidate(message.candidate ?? undefined).catch(() => undefined); // Of an older offer.
    }
    if (message.type !== 'offer') return;
    const connection = message.isNew ? new RTCPeerConnection() : receiving.at(-1);
    if (!connection) return;
    if (message.isNew) {
      receiving.push(connection);
      connection.onicecandidate = ({ candidate }) => {
        send({ type: 'candidate', connection: 'subscribe', candidate: candidate?.toJSON() as never });
      };
    }
    await connection.setRemoteDescription({ type: 'offer', sdp: message.offer });
    await connection.setLocalDescription();
    send({ type: 'answer', revision: message.revision, answer: connection.localDescription?.sdp ?? '' });
  }

  async function count(connections: readonly RTCPeerConnection[], type: string, field: string): Promise<number> {
    const reports = await Promise.all(connections.map((connection) => connection.getStats()));
    return reports
      .flatMap((report) => [...report.values()])
      .filter((entry) => entry.type === type)
      .reduce((sum: number, entry) => sum + Number(entry[field] ?? 0), 0);
  }

  return {
    async enter(url, ticket) {
      const opened = new WebSocket(url);
      await new Promise((resolve, reject) => {
        opened.onopen = resolve;
        opened.onerror = reject;
      });
      socket = opened;
      const first = new Promise<ServerMessage['type']>((resolve) => {
        opened.onmessage = ({ data }) => {
          const message = JSON.parse(String(data)) as ServerMessage;
          if (['joined', 'refused', 'held'].includes(message.type)) resolve(message.type);
          follow(message).catch((error: unknown) => reportError(error));
        };
      });
      const both = { isMicrophoneOn: true, isCameraOn: true };
      send({ type: 'join', v: 1, ticket, media: both, offer: await offer('publish', await openMedia()) });
      return await first;
    },
    async republish() {
      send({ type: 'publish', offer: await offer('publish', await openMedia()) });
    },
    async share(colour, takesOver) {
      send({ type: 'share', offer: await offer('content', openScreen(colour)), takesOver });
    },
    send,
    told: () => [...told],
    received: () => count(receiving, 'inbound-rtp', 'packetsReceived'),
    sent: () => count([...publishing, ...sharing], 'outbound-rtp', 'packetsSent'),
  };
}
