import { required } from './branch.ts';
import { type Connection, type ConnectionDeps, createConnection } from './connection.ts';
import type { GstBus, GstClock } from './gst.ts';

export type SendingPipelineDeps = Omit<ConnectionDeps, 'webrtc'> & {
  /** The pipeline, with elements named `connection`, `encoder`, `video-gate` and `audio-gate`. */
  describe: (ssrc: { video: number; audio: number }) => string;
  clock: GstClock;
  baseTime: bigint;
  /** The connection is up for the first time. */
  onConnected: () => void;
};

/** An encoder that starts sends one packet of the time before: sound is let out this much after the picture. */
const audioGateDelayMs = 45;

/** Encoders and the connection that sends what they make, which lets nothing out before its gates are opened. */
export function createSendingPipeline(deps: SendingPipelineDeps) {
  const { gstreamer, describe, clock, baseTime, onState, onConnected, ...connectionDeps } = deps;
  const { gst } = gstreamer;
  const ssrc = () => 1 + Math.floor(Math.random() * 0xffff_fff0);
  const pipeline = gst.parseLaunch(describe({ video: ssrc(), audio: ssrc() }));
  pipeline.useClock(clock);
  pipeline.setStartTime(gst.CLOCK_TIME_NONE);
  pipeline.setBaseTime(baseTime);
  const bus: GstBus = pipeline.getBus();
  const named = (name: string) => required(pipeline.getByName(name), name);
  const set = (element: string, property: string, value: string) =>
    gst.utilSetObjectArg(named(element), property, value);
  let isConnected = false;
  let isStopped = false;
  let gateTimer: ReturnType<typeof setTimeout> | null = null;

  const connection: Connection = createConnection({
    gstreamer,
    webrtc: named('connection'),
    ...connectionDeps,
    onState: (state) => {
      onState(state);
      if (state !== 'connected' || isConnected) return;
      isConnected = true;
      // The thread that reports the state waits for this handler; gates are opened once it runs on.
      setImmediate(onConnected);
    },
  });
  pipeline.setState(gst.State.PLAYING);

  function forceKeyFrame(): void {
    gstreamer.forceKeyFrame(required(named('encoder').getStaticPad('src'), 'source pad of the encoder'));
  }

  return {
    ...{ pipeline, bus, connection, named, set, forceKeyFrame },
    isConnected: () => isConnected,
    /** Nothing before it is connected, and nothing twice. */
    openGates(): void {
      if (!isConnected || isStopped || gateTimer) return;
      set('video-gate', 'drop', 'false');
      forceKeyFrame();
      gateTimer = setTimeout(() => set('audio-gate', 'drop', 'false'), audioGateDelayMs);
    },
    /** Handlers first: an element that goes to NULL while its thread waits for one would never get there. */
    stop(): void {
      isStopped = true;
      if (gateTimer) clearTimeout(gateTimer);
      connection.release();
      pipeline.setState(gst.State.NULL);
    },
  };
}
