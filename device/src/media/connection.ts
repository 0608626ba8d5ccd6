import type { StreamCount } from '@anteroom/shared/network/reading.ts';
import type { ConnectionState, IceCandidate } from '../ports/media.ts';
import { createDeferred } from './deferred.ts';
import type { GstBin, GstElement, GstObject, GstPromise, Gstreamer, RtpSession, SessionDescription } from './gst.ts';
import { readSourceStats } from './rtp-stats.ts';
import { asPassive, withBundledPorts, withoutFullIntraRequests, withoutQuietLines, withQuietLines } from './sdp.ts';

export type ConnectionDeps = {
  gstreamer: Gstreamer;
  webrtc: GstElement;
  iceAddresses: readonly string[];
  /** A candidate that came after the description it belongs to was given out. */
  onLateCandidate(candidate: IceCandidate): void;
  onState(state: ConnectionState): void;
};

/** One peer connection: a `webrtcbin` spoken to in promises. It knows neither its media nor who is at the other end. */
export interface Connection {
  offer(): Promise<string>;
  applyAnswer(sdp: string): Promise<void>;
  answer(offer: string): Promise<string>;
  addCandidate(candidate: IceCandidate | null): void;
  /** What was sent and received so far. Read from the session at once: an answer of `get-stats` would hold its thread. */
  streams(): StreamCount[];
  /** Takes every handler off, so that the element can go to NULL. */
  release(): void;
}

/** Host candidates are there within milliseconds; what takes longer is sent one by one. */
const gatherAtMostMs = 150;
const reportEveryMs = 100;
/** GstWebRTCICEGatheringState, GstWebRTCPeerConnectionState: in the order of the enumerations. */
const gatheringComplete = 2;
const connectionStates: readonly ConnectionState[] = [
  'connecting',
  'connecting',
  'connected',
  'disconnected',
  'failed',
  'closed',
];

/** Properties of webrtcbin and of the libnice agent below it, as introspection names them. */
type WebRtcBin = GstBin & {
  readonly iceGatheringState: number;
  readonly connectionState: number;
  readonly localDescription: SessionDescription | null;
  readonly iceAgent: GstObject & { readonly agent: { upnp: boolean; iceTcp: boolean } };
};

export function createConnection({
  gstreamer,
  webrtc: element,
  iceAddresses,
  onLateCandidate,
  onState,
}: ConnectionDeps): Connection {
  const { gst, parseDescription } = gstreamer;
  const webrtc = element as WebRtcBin; // The element was made by the factory `webrtcbin`.
  let isGivenOut = false;
  let gathered = createDeferred<void>();

  // UPnP would ask the network for a router for seconds; TCP candidates are of no use to a media server on UDP.
  webrtc.iceAgent.agent.upnp = false;
  webrtc.iceAgent.agent.iceTcp = false;
  for (const address of iceAddresses) webrtc.iceAgent.emit('add-local-ip-address', address);

  const handlers: [string, (...args: never[]) => void][] = [
    [
      'on-ice-candidate',
      (line: number, candidate: string) => {
        if (isGivenOut) onLateCandidate({ candidate, sdpMid: null, sdpMLineIndex: line });
      },
    ],
    ['notify::ice-gathering-state', () => webrtc.iceGatheringState === gatheringComplete && gathered.resolve()],
    ['notify::connection-state', () => onState(connectionStates[webrtc.connectionState] ?? 'failed')],
  ];
  for (const [signal, handler] of handlers) webrtc.on(signal, handler);

  /** Runs a webrtcbin action; resolves to its reply's description called `field`, if one is asked for. */
  function act(action: string, input: unknown, field: 'offer' | 'answer' | null): Promise<SessionDescription | null> {
    return new Promise((resolve, reject) => {
      const promise = gst.Promise.newWithChangeFunc((done: GstPromise) => {
        const reply = done.getReply();
        // The field is a GError by webrtcbin's documentation.
        const error = reply?.hasField('error')
          ? (reply.getValue('error')?.getBoxed() as { message: string } | null)
          : null;
        if (error) reject(new Error(`${action}: ${error.message}`));
        else if (!field) resolve(null);
        else if (!reply?.hasField(field)) reject(new Error(`${action} gave no ${field}`));
        // The reply's field is a GstWebRTCSessionDescription by webrtcbin's documentation.
        else resolve((reply.getValue(field)?.getBoxed() ?? null) as SessionDescription | null);
      });
      webrtc.emit(action, input, promise);
    });
  }

  function session(): RtpSession | null {
    const found = webrtc.getByName('rtpbin')?.emit('get-internal-session', 0) ?? null;
    return found as RtpSession | null; // By rtpbin's documentation.
  }

  /**
   * RFC 4585, 3.4 lets a receiver ask for a key frame early once per RTCP interval; with the interval of five seconds
   * that RFC 3550 gives to crowds, the second request of a young connection would wait for seconds. Requests go without
   * reports (RFC 5506): Janus takes a packet for one about the stream of its first report, whichever that is.
   */
  function quickenRequests(): void {
    const rtpSession = session();
    if (!rtpSession) return;
    gst.utilSetObjectArg(rtpSession, 'rtcp-min-interval', String(reportEveryMs * 1_000_000));
    gst.utilSetObjectArg(rtpSession, 'rtcp-reduced-size', 'true');
  }

  async function describe(kind: 'offer' | 'answer'): Promise<string> {
    const created = await act(`create-${kind}`, gst.Structure.newEmpty('options'), kind);
    const text = created?.sdp.asText() ?? '';
    await act('set-local-description', kind === 'answer' ? parseDescription(kind, asPassive(text)) : created, null);
    if (webrtc.iceGatheringState !== gatheringComplete) {
      const timer = setTimeout(() => gathered.resolve(), gatherAtMostMs);
      await gathered.promise;
      clearTimeout(timer);
    }
    isGivenOut = true;
    quickenRequests();
    const local = webrtc.localDescription?.sdp.asText();
    if (!local) throw new Error(`webrtcbin holds no local ${kind}`);
    return withBundledPorts(local);
  }

  return {
    offer: () => describe('offer'),
    async applyAnswer(sdp) {
      await act('set-remote-description', parseDescription('answer', sdp), null);
    },
    async answer(offer) {
      const { offer: known, quietMids } = withoutQuietLines(offer);
      await act('set-remote-description', parseDescription('offer', withoutFullIntraRequests(known)), null);
      if (webrtc.iceGatheringState !== gatheringComplete) gathered = createDeferred();
      return withQuietLines(await describe('answer'), quietMids);
    },
    addCandidate(candidate) {
      // Everything is bundled onto the first line, so a candidate that names only a mid belongs there too.
      if (candidate?.candidate) webrtc.emit('add-ice-candidate', candidate.sdpMLineIndex ?? 0, candidate.candidate);
    },
    streams: () => readSourceStats(session()?.stats.toString() ?? '', element.getName()),
    release() {
      for (const [signal, handler] of handlers) webrtc.off(signal, handler);
    },
  };
}
