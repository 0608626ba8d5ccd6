import { link, required } from '../../../device/src/media/branch.ts';
import { popBus } from '../../../device/src/media/bus.ts';
import { type Connection, createConnection } from '../../../device/src/media/connection.ts';
import { audioLevelExtension, rawAudio } from '../../../device/src/media/graph.ts';
import type { GstBin, GstElement, GstPad, Gstreamer } from '../../../device/src/media/gst.ts';
import type { MediaKind } from '../../../fleet/src/media-nodes/videoroom.ts';
import type { Reception } from './orders.ts';

/**
 * The media of light clients: real packets over real connections, with next to no work at either end. All clients of a
 * process send the same small picture, encoded once, and one of two sounds, speech or silence; what they receive is
 * counted and thrown away.
 */
export type LightMedia = { createClient(): LightClientMedia };

/** One participant's two connections. */
export type LightClientMedia = {
  publish: Connection;
  subscribe: Connection;
  speak(isSpeaking: boolean): void;
  received(): Reception;
};

const sound = (name: string, wave: string) =>
  [
    `audiotestsrc is-live=true wave=${wave} volume=0.3 ! ${rawAudio} ! level post-messages=false audio-level-meta=true`,
    `! opusenc audio-type=voice bitrate=24000 complexity=0 ! tee name=${name} allow-not-linked=true`,
  ].join(' ');

const sources = [
  'videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=160,height=90,framerate=5/1',
  '! vp8enc deadline=1 cpu-used=8 threads=1 end-usage=cbr target-bitrate=40000 keyframe-max-dist=3000',
  '! tee name=picture allow-not-linked=true',
  sound('speech', 'sine'),
  sound('silence', 'silence'),
].join(' ');

const ssrc = () => 1 + Math.floor(Math.random() * 0xffff_fff0);
const gate = (name: string) => `valve name=${name} drop=true drop-mode=forward-sticky-events`;

const publishDescription = () =>
  [
    'webrtcbin name=connection bundle-policy=max-bundle',
    'queue name=picture leaky=downstream ! rtpvp8pay picture-id-mode=15-bit mtu=1200',
    `! application/x-rtp,media=video,encoding-name=VP8,payload=96,clock-rate=90000,ssrc=(uint)${ssrc()}`,
    `! ${gate('picture-gate')} ! connection.`,
    'input-selector name=voice sync-streams=false ! queue leaky=downstream ! rtpopuspay',
    `! application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,encoding-params=(string)2,ssrc=(uint)${ssrc()},${audioLevelExtension}`,
    `! ${gate('voice-gate')} ! connection.`,
  ].join(' ');

export type LightMediaDeps = {
  gstreamer: Gstreamer;
  /** An element failed: what was measured is worth nothing. */
  onFault(detail: string): void;
};

const lookAtBusEveryMs = 100;

export function createLightMedia({ gstreamer, onFault }: LightMediaDeps): LightMedia {
  const { gst } = gstreamer;
  const pipeline = gst.parseLaunch(sources);
  pipeline.setState(gst.State.PLAYING);
  const bus = pipeline.getBus();
  let made = 0;
  const make = (factory: string) => required(gst.ElementFactory.make(factory, `${factory}-${++made}`), factory);
  const tee = (name: string) => required(pipeline.getByName(name), name);
  const tees = { picture: tee('picture'), speech: tee('speech'), silence: tee('silence') };
  setInterval(() => {
    for (const event of popBus(gst, bus)) if (event.type === 'error') onFault(event.detail);
  }, lookAtBusEveryMs);

  function addPublisher() {
    const bin = gst.parseBinFromDescription(publishDescription(), false);
    pipeline.add(bin);
    const named = (name: string) => required(bin.getByName(name), name);
    const open = () => {
      for (const name of ['picture-gate', 'voice-gate']) gst.utilSetObjectArg(named(name), 'drop', 'false');
    };
    const connection = connect(named('connection'), open);
    const voice = named('voice') as GstElement & { activePad: GstPad }; // A property of input-selector.
    const voices = { speech: requestPad(voice, 'sink_%u'), silence: requestPad(voice, 'sink_%u') };
    voice.activePad = voices.silence;
    bin.syncStateWithParent();
    const enter = (from: GstElement, name: string, into: GstPad) => {
      const entry = gst.GhostPad.new(name, into);
      bin.addPad(entry);
      link(gst, requestPad(from, 'src_%u'), entry);
    };
    enter(tees.picture, 'picture', required(named('picture').getStaticPad('sink'), 'pad of the queue'));
    enter(tees.speech, 'speech', voices.speech);
    enter(tees.silence, 'silence', voices.silence);
    return {
      connection,
      speak(isSpeaking: boolean) {
        voice.activePad = isSpeaking ? voices.speech : voices.silence;
      },
    };
  }

  function addSubscriber() {
    const webrtc = make('webrtcbin') as GstBin; // webrtcbin is a bin.
    gst.utilSetObjectArg(webrtc, 'bundle-policy', 'max-bundle');
    gst.utilSetObjectArg(webrtc, 'latency', '0');
    pipeline.add(webrtc);
    const streams: { kind: MediaKind; sink: GstElement }[] = [];
    const jitterBuffers: GstElement[] = [];
    const rtpBin = required(webrtc.getByName('rtpbin'), 'rtpbin in webrtcbin');
    rtpBin.on('new-jitterbuffer', (buffer: GstElement) => jitterBuffers.push(buffer));
    webrtc.on('pad-added', (pad: GstPad) => {
      const caps = required(pad.getCurrentCaps(), 'caps on a received stream').getStructure(0);
      const sink = make('fakesink');
      for (const property of ['async', 'sync', 'enable-last-sample']) gst.utilSetObjectArg(sink, property, 'false');
      pipeline.add(sink);
      sink.syncStateWithParent();
      link(gst, pad, required(sink.getStaticPad('sink'), 'pad of fakesink'));
      streams.push({ kind: caps.getString('media') === 'audio' ? 'audio' : 'video', sink });
    });
    const connection = connect(webrtc, () => undefined);
    webrtc.syncStateWithParent();
    return {
      connection,
      received: () => ({
        streams: streams.map(({ kind, sink }) => ({ kind, packets: count(sink, 'rendered') })),
        lost: jitterBuffers.reduce((sum, buffer) => sum + count(buffer, 'num-lost'), 0),
      }),
    };
  }

  /** A candidate that comes after its description is not told: Janus learns it from the checks (RFC 8445, 7.3.1.3). */
  function connect(webrtc: GstElement, onConnected: () => void): Connection {
    return createConnection({
      ...{ gstreamer, webrtc, iceAddresses: [] },
      onLateCandidate: () => undefined,
      onState: (state) => {
        if (state === 'failed') onFault('a connection failed');
        // The thread that reports the state waits for this handler.
        if (state === 'connected') setImmediate(onConnected);
      },
    });
  }

  return {
    createClient() {
      const { connection: publish, ...sender } = addPublisher();
      const { connection: subscribe, ...receiver } = addSubscriber();
      return { publish, subscribe, ...sender, ...receiver };
    },
  };
}

function count(element: GstElement, statistic: string): number {
  return Number(element.stats?.getUint64(statistic)[1] ?? 0n);
}

function requestPad(element: GstElement, template: string): GstPad {
  return required(element.requestPadSimple(template), `pad ${template} of ${element.getName()}`);
}
