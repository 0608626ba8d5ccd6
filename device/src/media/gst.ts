import { createRequire } from 'node:module';

/**
 * The part of GStreamer that media uses, typed by hand: node-gtk makes its objects from introspection at run time.
 *
 * Rules that every user of this file keeps, because a handler runs on the JavaScript thread while the GStreamer thread
 * that called it waits: no handler on the data path; pads are built and linked inside `pad-added`; everything else is
 * deferred; handlers are taken off before an element goes to NULL, or both threads wait for each other for ever.
 */
export interface GstObject {
  getName(): string;
  on(signal: string, handler: (...args: never[]) => void): void;
  off(signal: string, handler: (...args: never[]) => void): void;
  emit(signal: string, ...args: unknown[]): unknown;
  unref(): void;
}

export interface GstPad extends GstObject {
  link(sink: GstPad): number;
  unlink(sink: GstPad): boolean;
  getCurrentCaps(): GstCaps | null;
  sendEvent(event: object): boolean;
  /** Shifts the running time of everything that comes out of the pad, in nanoseconds. */
  setOffset(offset: bigint): void;
  readonly transceiver?: { readonly mid: string | null };
}

export interface GstCaps {
  getStructure(index: number): GstStructure;
  toString(): string;
}

export interface GstStructure {
  getName(): string;
  hasField(name: string): boolean;
  getString(name: string): string | null;
  getInt(name: string): [boolean, number];
  getUint64(name: string): [boolean, bigint];
  getDouble(name: string): [boolean, number];
  getValue(name: string): GValue | null;
  toString(): string;
}

export interface GValue {
  getBoxed(): unknown;
}

export interface GstElement extends GstObject {
  setState(state: number): number;
  syncStateWithParent(): boolean;
  getStaticPad(name: string): GstPad | null;
  requestPadSimple(name: string): GstPad | null;
  releaseRequestPad(pad: GstPad): void;
  link(next: GstElement): boolean;
  unlink(next: GstElement): void;
  getFactory(): { getName(): string } | null;
  seekSimple(format: number, flags: number, position: bigint): boolean;
  /** Read-only statistics of `identity`, sinks and depayloaders. */
  readonly stats?: GstStructure;
}

/** The session below webrtcbin's rtpbin: everything is bundled into one. */
export interface RtpSession extends GstObject {
  readonly stats: GstStructure;
}

export interface GstBin extends GstElement {
  add(element: GstElement): boolean;
  remove(element: GstElement): boolean;
  getByName(name: string): GstElement | null;
  addPad(pad: GstPad): boolean;
  findUnlinkedPad(direction: number): GstPad | null;
}

export interface GstClock {
  getTime(): bigint;
}

export interface GstPipeline extends GstBin {
  getBus(): GstBus;
  useClock(clock: GstClock): void;
  setBaseTime(time: bigint): void;
  setStartTime(time: bigint): void;
}

export interface GstBus {
  timedPop(timeoutNs: number): GstMessage | null;
  unref(): void;
}

export interface GstMessage {
  readonly type: number;
  readonly src: GstObject | null;
  getStructure(): GstStructure | null;
  parseError(): [{ message: string }, string | null];
}

export interface GstSample {
  getBuffer(): { readonly pts: bigint; readonly duration: bigint } | null;
}

export interface GstPromise {
  getReply(): GstStructure | null;
}

export interface SessionDescription {
  readonly sdp: { asText(): string };
}

export interface GstDevice extends GstObject {
  getDisplayName(): string;
  getDeviceClass(): string;
  getProperties(): GstStructure | null;
  createElement(name: string | null): GstElement | null;
}

export interface GstDeviceMonitor extends GstObject {
  addFilter(classes: string, caps: GstCaps | null): number;
  start(): boolean;
  stop(): void;
  getBus(): GstBus;
  getDevices(): GstDevice[];
}

/** Enumerations are numbers at run time; these are the members in use. */
export interface Gst {
  init(args: null): void;
  parseLaunch(description: string): GstPipeline;
  parseBinFromDescription(description: string, hasGhostPads: boolean): GstBin;
  utilSetObjectArg(object: GstObject, property: string, value: string): void;
  Promise: { newWithChangeFunc(handler: (promise: GstPromise) => void): GstPromise };
  Structure: { newEmpty(name: string): GstStructure; newFromString(text: string): GstStructure | null };
  Event: { newCustom(type: number, structure: GstStructure | null): object };
  EventType: { CUSTOM_UPSTREAM: number };
  ElementFactory: { make(factory: string, name: string): GstElement | null };
  SystemClock: { obtain(): GstClock };
  CLOCK_TIME_NONE: bigint;
  DeviceMonitor: new () => GstDeviceMonitor;
  State: { NULL: number; READY: number; PAUSED: number; PLAYING: number };
  StateChangeReturn: { FAILURE: number };
  PadLinkReturn: { OK: number };
  MessageType: { EOS: number; ERROR: number; ELEMENT: number; DEVICE_ADDED: number; DEVICE_REMOVED: number };
  PadDirection: { SRC: number; SINK: number };
  GhostPad: { new: (name: string, target: GstPad) => GstPad };
  Format: { TIME: number };
  SeekFlags: { FLUSH: number; KEY_UNIT: number };
}

export interface Gstreamer {
  gst: Gst;
  /** A description of type `offer` or `answer` from its SDP; throws when the text is no SDP. */
  parseDescription(type: 'offer' | 'answer', text: string): SessionDescription;
  /** Asks the encoder above `pad` for a key frame. */
  forceKeyFrame(pad: GstPad): void;
  /**
   * Asks the far sender of the received stream behind `pad` for a key frame (PLI), and, in the same RTCP packet, for a
   * packet again (NACK). Janus 1.1 finds the stream of a reduced-size packet by its NACK only
   * (`janus_rtcp_get_receiver_ssrc` in rtcp.c), and of a compound one by its first report, which may be any stream's.
   */
  requestKeyFrame(pad: GstPad): void;
}

interface WebRtcLibrary {
  WebRTCSDPType: { OFFER: number; ANSWER: number };
  WebRTCSessionDescription: { new: (type: number, message: object) => SessionDescription };
}
interface SdpLibrary {
  SDPMessage: { newFromText(text: string): [number, object] };
}
interface VideoLibrary {
  videoEventNewUpstreamForceKeyUnit(runningTime: bigint, hasAllHeaders: boolean, count: number): object;
}

/** Loads GStreamer into this process: media processes only, as it brings its threads with it. */
export function loadGstreamer(): Gstreamer {
  // node-gtk is CommonJS and types nothing; the interfaces above say what introspection makes of these versions.
  const gi = createRequire(import.meta.url)('node-gtk') as { require(name: string, version: string): unknown };
  const gst = gi.require('Gst', '1.0') as Gst;
  gst.init(null);
  const webrtc = gi.require('GstWebRTC', '1.0') as WebRtcLibrary;
  const sdp = gi.require('GstSdp', '1.0') as SdpLibrary;
  const video = gi.require('GstVideo', '1.0') as VideoLibrary;
  const forceKeyFrame = (pad: GstPad) =>
    void pad.sendEvent(video.videoEventNewUpstreamForceKeyUnit(gst.CLOCK_TIME_NONE, false, 0));
  return {
    gst,
    forceKeyFrame,
    requestKeyFrame(pad) {
      const again = gst.Structure.newFromString('GstRTPRetransmissionRequest, seqnum=(uint)0, delay=(uint)0;');
      pad.sendEvent(gst.Event.newCustom(gst.EventType.CUSTOM_UPSTREAM, again));
      forceKeyFrame(pad);
    },
    parseDescription(type, text) {
      const [result, message] = sdp.SDPMessage.newFromText(text);
      if (result !== 0) throw new Error(`${type} of ${text.length} characters is not SDP (result ${result})`);
      const { OFFER, ANSWER } = webrtc.WebRTCSDPType;
      return webrtc.WebRTCSessionDescription.new(type === 'offer' ? OFFER : ANSWER, message);
    },
  };
}
