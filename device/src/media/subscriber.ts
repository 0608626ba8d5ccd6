import type { SubscribeOffer } from '../ports/media.ts';
import { required } from './branch.ts';
import { type Connection, type ConnectionDeps, createConnection } from './connection.ts';
import type { GstBin, GstElement, GstPad } from './gst.ts';
import type { Stage } from './stage.ts';

export type SubscriberDeps = Omit<ConnectionDeps, 'webrtc'> & {
  stage: Stage;
  onFault(detail: string): void;
};

/** How long frames that come out of order are waited for. */
const jitterMs = 40;

/** The `subscribe` connection inside the stage: follows offers, and hands every stream that comes to the stage. */
export function createSubscriber({ gstreamer, stage, onFault, ...connectionDeps }: SubscriberDeps) {
  const { gst } = gstreamer;
  let current: { webrtc: GstElement; connection: Connection; release(): void } | null = null;
  let isUsed = false;

  function start() {
    const webrtc = required(gst.ElementFactory.make('webrtcbin', 'subscribe'), 'webrtcbin');
    gst.utilSetObjectArg(webrtc, 'bundle-policy', 'max-bundle');
    gst.utilSetObjectArg(webrtc, 'latency', String(jitterMs));
    stage.pipeline.add(webrtc);
    const onPad = (pad: GstPad) => {
      try {
        attach(pad);
      } catch (cause) {
        onFault(cause instanceof Error ? cause.message : String(cause));
      }
    };
    webrtc.on('pad-added', onPad);
    const rtpBin = required((webrtc as GstBin).getByName('rtpbin'), 'rtpbin in webrtcbin'); // webrtcbin is a bin.
    // The first packet waits for earlier ones as long as the jitter allows; a stream that begins with a key frame on
    // request has none, and the first picture is there sooner.
    const onJitterBuffer = (buffer: GstElement) => gst.utilSetObjectArg(buffer, 'faststart-min-packets', '1');
    rtpBin.on('new-jitterbuffer', onJitterBuffer);
    const connection = createConnection({ gstreamer, webrtc, ...connectionDeps });
    webrtc.syncStateWithParent();
    return {
      webrtc,
      connection,
      release() {
        connection.release();
        webrtc.off('pad-added', onPad);
        rtpBin.off('new-jitterbuffer', onJitterBuffer);
      },
    };
  }

  /** Runs while the thread that brings the pad waits: builds, links, and leaves the rest for later. */
  function attach(pad: GstPad): void {
    const caps = required(pad.getCurrentCaps(), 'caps on a received stream').getStructure(0);
    const kind = caps.getString('media') === 'audio' ? 'audio' : 'video';
    const mid = required(pad.transceiver?.mid, 'line of a received stream');
    stage.attach(kind, mid, pad, caps.getString('encoding-name') ?? '');
  }

  function drop(): void {
    if (!current) return;
    const { webrtc, release } = current;
    current = null;
    isUsed = false;
    release();
    webrtc.setState(gst.State.NULL);
    stage.pipeline.remove(webrtc);
    stage.clear();
  }

  return {
    /** Makes the connection before anybody offers one: an offer is then answered sooner. */
    prepare(): void {
      current ??= start();
    },
    async answer({ isNew, offer, streams }: Omit<SubscribeOffer, 'revision'>): Promise<string> {
      if (isNew && current && isUsed) drop();
      current ??= start();
      isUsed = true;
      stage.setStreams(streams);
      return current.connection.answer(offer);
    },
    addCandidate(candidate: Parameters<Connection['addCandidate']>[0]): void {
      current?.connection.addCandidate(candidate);
    },
    streams: () => current?.connection.streams() ?? [],
    drop,
    stop(): void {
      current?.release();
      current = null;
    },
  };
}
