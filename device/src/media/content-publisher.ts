import { required } from './branch.ts';
import { type Connection, type ConnectionDeps, createConnection } from './connection.ts';
import { contentPublishDescription } from './content-graph.ts';
import type { GstBus, GstClock } from './gst.ts';
import type { MediaSetup } from './setup.ts';

export type ContentPublisherDeps = Omit<ConnectionDeps, 'webrtc'> & {
  input: NonNullable<MediaSetup['contentInput']>;
  encoder: MediaSetup['encoder'];
  clock: GstClock;
  baseTime: bigint;
};

export type ContentPublisher = ReturnType<typeof createContentPublisher>;

/** As for a microphone: what an encoder still holds of the time before is not sent. */
const audioGateDelayMs = 45;

/** The `content` connection with its encoders: a pipeline for each offer, fed from the channels of the input. */
export function createContentPublisher(deps: ContentPublisherDeps) {
  const { gstreamer, input, encoder, clock, baseTime, onState, ...connectionDeps } = deps;
  const { gst } = gstreamer;
  const ssrc = () => 1 + Math.floor(Math.random() * 0xffff_fff0);
  const pipeline = gst.parseLaunch(contentPublishDescription(input, encoder, { video: ssrc(), audio: ssrc() }));
  pipeline.useClock(clock);
  pipeline.setStartTime(gst.CLOCK_TIME_NONE);
  pipeline.setBaseTime(baseTime);
  const bus: GstBus = pipeline.getBus();
  const named = (name: string) => required(pipeline.getByName(name), name);
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
      // The thread that reports the state waits for this handler.
      setImmediate(openGates);
    },
  });
  pipeline.setState(gst.State.PLAYING);

  function openGates(): void {
    if (isStopped) return;
    gst.utilSetObjectArg(named('video-gate'), 'drop', 'false');
    gstreamer.forceKeyFrame(required(named('encoder').getStaticPad('src'), 'source pad of the encoder'));
    gateTimer = setTimeout(() => gst.utilSetObjectArg(named('audio-gate'), 'drop', 'false'), audioGateDelayMs);
  }

  return {
    bus,
    offer: () => connection.offer(),
    applyAnswer: (sdp: string) => connection.applyAnswer(sdp),
    addCandidate: connection.addCandidate,
    /** Handlers first: an element that goes to NULL while its thread waits for one would never get there. */
    stop(): void {
      isStopped = true;
      if (gateTimer) clearTimeout(gateTimer);
      connection.release();
      pipeline.setState(gst.State.NULL);
    },
  };
}
