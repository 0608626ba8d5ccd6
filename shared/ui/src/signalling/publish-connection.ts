import type { IceCandidate, MediaState } from '@anteroom/shared/signalling/messages.ts';

/** The peer connection that carries the own camera and microphone. What is off is not sent at all. */
export interface PublishConnection {
  /** Makes the offer; candidates follow through `onCandidate`. */
  offer(): Promise<string>;
  answer(sdp: string): Promise<void>;
  candidate(candidate: IceCandidate | null): void;
  setTracks(stream: MediaStream, media: MediaState): void;
  isUp(): boolean;
  framesSent(): Promise<number>;
  report(): Promise<RTCStatsReport>;
  close(): void;
}

/** `disconnected` may pass by itself, `failed` does not. */
export type ConnectionTrouble = 'disconnected' | 'failed';

export type PublishConnectionDeps = {
  /** In three sizes, so that whoever sees it small gets it small: for a camera. */
  hasLayers: boolean;
  stream: MediaStream;
  media: MediaState;
  onCandidate: (candidate: IceCandidate | null) => void;
  onTrouble: (trouble: ConnectionTrouble) => void;
};

/**
 * Simulcast of 720 lines: a third of the uplink at most is spent on the two lower layers. Janus takes the first rid for the
 * highest. A camera with fewer lines, or an uplink too narrow, sends fewer layers; the browser decides.
 */
const layers: RTCRtpEncodingParameters[] = [
  { rid: 'h', maxBitrate: 1_300_000 },
  { rid: 'm', maxBitrate: 450_000, scaleResolutionDownBy: 2 },
  { rid: 'l', maxBitrate: 150_000, scaleResolutionDownBy: 4 },
];

export function createPublishConnection({
  hasLayers,
  stream,
  media,
  onCandidate,
  onTrouble,
}: PublishConnectionDeps): PublishConnection {
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  // Both kinds are negotiated once and for all: a camera that is opened later needs no new offer.
  const audio = connection.addTransceiver('audio', { direction: 'sendonly' }).sender;
  const video = connection.addTransceiver('video', {
    direction: 'sendonly',
    ...(hasLayers ? { sendEncodings: layers } : {}),
  }).sender;
  // Operations on one connection happen in the order in which they were asked for.
  let queue: Promise<void> = setTracks(stream, media);

  connection.onicecandidate = ({ candidate }) => onCandidate(toWire(candidate));
  tellTrouble(connection, onTrouble);

  async function setTracks(from: MediaStream, wanted: MediaState): Promise<void> {
    const [microphone] = from.getAudioTracks();
    const [camera] = from.getVideoTracks();
    await Promise.all([
      audio.replaceTrack(wanted.isMicrophoneOn && microphone ? microphone : null),
      video.replaceTrack(wanted.isCameraOn && camera ? camera : null),
    ]);
  }

  function enqueue(step: () => Promise<void>): Promise<void> {
    queue = queue.then(step, step);
    return queue;
  }

  return {
    async offer() {
      await queue;
      await connection.setLocalDescription();
      return connection.localDescription?.sdp ?? '';
    },
    answer: (sdp) => enqueue(() => connection.setRemoteDescription({ type: 'answer', sdp })),
    candidate(candidate) {
      enqueue(() => connection.addIceCandidate(candidate ?? undefined)).catch(() => undefined); // One of several.
    },
    setTracks(from, wanted) {
      enqueue(() => setTracks(from, wanted)).catch(() => undefined); // Fails only when the connection was closed.
    },
    isUp: () => connection.connectionState === 'connected',
    async framesSent() {
      return sumOf(await connection.getStats(), 'outbound-rtp', 'framesSent');
    },
    report: () => connection.getStats(),
    close() {
      connection.onicecandidate = null;
      connection.onconnectionstatechange = null;
      connection.close();
    },
  };
}

export function tellTrouble(connection: RTCPeerConnection, onTrouble: (trouble: ConnectionTrouble) => void): void {
  connection.onconnectionstatechange = () => {
    const { connectionState } = connection;
    if (connectionState === 'disconnected' || connectionState === 'failed') onTrouble(connectionState);
  };
}

export function toWire(candidate: RTCIceCandidate | null): IceCandidate | null {
  // An empty candidate ends one generation (RFC 8838); for us that is the end of all.
  if (!candidate || candidate.candidate === '') return null;
  const { candidate: line, sdpMid, sdpMLineIndex } = candidate;
  return { candidate: line, sdpMid, sdpMLineIndex };
}

/** The sum of one number over all reports of a type; reports without it count nothing. */
export function sumOf(report: RTCStatsReport, type: string, field: string): number {
  let sum = 0;
  for (const entry of report.values()) {
    const value: unknown = entry.type === type ? entry[field] : undefined;
    if (typeof value === 'number') sum += value;
  }
  return sum;
}
