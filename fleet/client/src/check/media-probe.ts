import { toWire } from '@anteroom/ui/signalling/publish-connection.ts';
import { openSignallingSocket } from '@anteroom/ui/signalling/signalling-socket.ts';
import type { MediaPath } from './path.ts';
import { sleep } from './sleep.ts';

/** As long as a client waits in a meeting, and somewhat more: the last candidates are the slow ones. */
const connectWithinMs = 12_000;
/** The media server reports what it received each second. */
const measureForMs = 2_500;

/**
 * Connects to the media server as a participant would, without a meeting, and sends it a sound that nobody hears: whether
 * packets get there and back, on which way, how long they take and how many are lost.
 */
export async function probeMediaPath(signalUrl: string, { signal }: { signal: AbortSignal }): Promise<MediaPath> {
  const ending = new AbortController();
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const context = new AudioContext();
  try {
    const tone = context.createOscillator();
    const sound = context.createMediaStreamDestination();
    tone.connect(sound);
    tone.start();
    const [track] = sound.stream.getAudioTracks();
    connection.addTransceiver(track ?? 'audio', { direction: 'sendonly' });
    const limit = AbortSignal.any([signal, ending.signal, AbortSignal.timeout(connectWithinMs)]);
    const outcome = await connect(connection, signalUrl, limit);
    signal.throwIfAborted();
    if (outcome !== 'connected') return { kind: outcome };
    await sleep(measureForMs, signal);
    return readPath(await connection.getStats());
  } finally {
    ending.abort();
    connection.close();
    await context.close();
  }
}

type Outcome = 'connected' | 'blocked' | 'away';

function connect(connection: RTCPeerConnection, signalUrl: string, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    const end = (outcome: Outcome) => {
      connection.onconnectionstatechange = null;
      if (outcome !== 'connected') socket.close();
      resolve(outcome);
    };
    const run = (step: Promise<void>) => {
      step.catch(() => end('blocked')); // An answer that this browser cannot follow is no way either.
    };
    const socket = openSignallingSocket({
      url: signalUrl,
      onOpen: () => run(offer()),
      onGone: () => end('away'),
      onMessage(message) {
        if (message.type === 'probed') {
          if (message.answer === null) end('away');
          else run(connection.setRemoteDescription({ type: 'answer', sdp: message.answer }));
        }
        if (message.type === 'candidate') {
          connection.addIceCandidate(message.candidate ?? undefined).catch(() => undefined); // One of several.
        }
        // A server from before these tests.
        if (message.type === 'error') end('away');
      },
    });
    const offer = async () => {
      connection.onicecandidate = ({ candidate }) =>
        socket.send({ type: 'candidate', connection: 'publish', candidate: toWire(candidate) });
      await connection.setLocalDescription();
      socket.send({ type: 'probe', offer: connection.localDescription?.sdp ?? '' });
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === 'connected') end('connected');
      if (connection.connectionState === 'failed') end('blocked');
    };
    signal.addEventListener(
      'abort',
      () => {
        end('blocked');
        socket.close();
      },
      { once: true },
    );
  });
}

function readPath(report: RTCStatsReport): MediaPath {
  let transport: 'udp' | 'tcp' | 'relay' = 'udp';
  let roundTripMs: number | null = null;
  let [sent, lost] = [0, 0];
  for (const entry of report.values()) {
    if (entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded') {
      const local = report.get(String(entry.localCandidateId));
      transport = local?.candidateType === 'relay' ? 'relay' : local?.protocol === 'tcp' ? 'tcp' : 'udp';
      if (typeof entry.currentRoundTripTime === 'number') roundTripMs = entry.currentRoundTripTime * 1000;
    }
    if (entry.type === 'outbound-rtp') sent += Number(entry.packetsSent ?? 0);
    // What the media server says that it did not receive.
    if (entry.type === 'remote-inbound-rtp') lost += Number(entry.packetsLost ?? 0);
  }
  return { kind: 'connected', transport, roundTripMs, lostPercent: sent > 0 ? (100 * Math.max(0, lost)) / sent : 0 };
}
