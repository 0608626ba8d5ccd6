import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import type { PeripheralState } from '../ports/media.ts';
import { link, parseBin, required } from './branch.ts';
import { cameraDescription, microphoneDescription, publishDescription } from './graph.ts';
import type { GstBin } from './gst.ts';
import { createSendingPipeline, type SendingPipelineDeps } from './sending-pipeline.ts';
import type { MediaSetup } from './setup.ts';

export type SourceKind = 'camera' | 'microphone';

export type PublisherDeps = Omit<SendingPipelineDeps, 'describe' | 'onConnected'> & {
  setup: MediaSetup;
  /** Description of the source element of the device to open; null when none is plugged in or none is needed. */
  findDevice(kind: SourceKind): { description: string; name: string } | null;
  onPeripheral(kind: SourceKind, state: PeripheralState, name: string): void;
};

export type Publisher = ReturnType<typeof createPublisher>;

/** A device that failed is tried again after this. */
const reopenAfterMs = 2_000;
const codeEveryMs = 500;

/**
 * The `publish` connection with its encoders. Sources are opened by `open` and not before: until somebody presses Join
 * the room's camera and microphone are closed, simulated ones too. A camera that is off is closed; a microphone that is
 * off stays open and is silenced before the encoder, so that the far jitter buffers stay small.
 */
export function createPublisher(deps: PublisherDeps) {
  const { setup, findDevice, onPeripheral, ...sendingDeps } = deps;
  const { gst } = deps.gstreamer;
  const sending = createSendingPipeline({
    ...sendingDeps,
    describe: (ssrc) => publishDescription(setup, ssrc),
    onConnected: openGates,
  });
  const { pipeline, bus, connection, named, set, forceKeyFrame } = sending;
  const sources = new Map<SourceKind, GstBin>();
  const retryAtMs = new Map<SourceKind, number>();
  let media: MediaState = { isMicrophoneOn: false, isCameraOn: false };
  let isOpen = false;
  let code = 0;
  let codeAtMs = 0;

  function openGates(): void {
    if (isOpen) sending.openGates();
  }

  const mute = () => set('microphone-mute', 'mute', String(!media.isMicrophoneOn));

  /** Opens and closes sources until they are as `media` wants them. */
  function settle(nowMs: number): void {
    if (!isOpen) return;
    settleSource('microphone', true, nowMs);
    settleSource('camera', media.isCameraOn, nowMs);
  }

  function settleSource(kind: SourceKind, isWanted: boolean, nowMs: number): void {
    if (!isWanted) {
      close(kind);
      return;
    }
    if (sources.has(kind) || nowMs < (retryAtMs.get(kind) ?? 0)) return;
    const isDevice = setup[kind].kind === 'usb';
    const device = isDevice ? findDevice(kind) : null;
    if (isDevice && !device) onPeripheral(kind, 'missing', '');
    const description =
      kind === 'camera'
        ? cameraDescription(setup, device?.description ?? null)
        : microphoneDescription(setup, device?.description ?? null);
    if (description) startOrRetry(kind, description, device?.name ?? '', nowMs);
    if (isDevice && !device) retryAtMs.set(kind, Number.POSITIVE_INFINITY);
  }

  function startOrRetry(kind: SourceKind, description: string, name: string, nowMs: number): void {
    try {
      start(kind, description, name);
    } catch (cause) {
      // A source that is no device cannot fail by itself: that is a fault of ours and ends the process.
      if (!name) throw cause;
      fail(kind, name, nowMs);
    }
  }

  function fail(kind: SourceKind, name: string, nowMs: number): void {
    close(kind);
    retryAtMs.set(kind, nowMs + reopenAfterMs);
    onPeripheral(kind, 'failed', name);
  }

  function start(kind: SourceKind, description: string, name: string): void {
    const bin = parseBin(gst, description, null);
    pipeline.add(bin);
    const into = named(kind === 'camera' ? 'video-in' : 'audio-in');
    link(
      gst,
      required(bin.getStaticPad('src'), `source pad of the ${kind}`),
      required(into.getStaticPad('sink'), 'queue pad'),
    );
    sources.set(kind, bin);
    bin.syncStateWithParent();
    if (name) onPeripheral(kind, 'working', name);
    if (kind === 'camera' && sending.isConnected()) forceKeyFrame();
  }

  function close(kind: SourceKind): void {
    const bin = sources.get(kind);
    retryAtMs.delete(kind);
    if (!bin) return;
    sources.delete(kind);
    bin.setState(gst.State.NULL);
    const pad = bin.getStaticPad('src');
    const into = named(kind === 'camera' ? 'video-in' : 'audio-in').getStaticPad('sink');
    if (pad && into) pad.unlink(into);
    pipeline.remove(bin);
  }

  return {
    bus,
    offer: () => connection.offer(),
    applyAnswer: (sdp: string) => connection.applyAnswer(sdp),
    addCandidate: connection.addCandidate,
    open(nowMs: number): void {
      isOpen = true;
      mute();
      settle(nowMs);
      openGates();
    },
    setMedia(next: MediaState, nowMs: number): void {
      media = next;
      mute();
      settle(nowMs);
    },
    /** A source's element reported an error: closes it, and tries again later. True when the error was a source's. */
    followError(source: string, nowMs: number): boolean {
      const kind = (['camera', 'microphone'] as const).find((one) => sources.get(one)?.getByName(source));
      if (!kind || setup[kind].kind !== 'usb') return false;
      fail(kind, findDevice(kind)?.name ?? source, nowMs);
      return true;
    },
    /** Something was plugged in: devices that were missing are looked for again. */
    lookForDevices(nowMs: number): void {
      for (const kind of retryAtMs.keys()) {
        close(kind);
        retryAtMs.delete(kind);
      }
      settle(nowMs);
    },
    tick(nowMs: number): void {
      settle(nowMs);
      const camera = sources.get('camera');
      if (!camera || setup.camera.kind !== 'pattern' || nowMs - codeAtMs < codeEveryMs) return;
      codeAtMs = nowMs;
      code += 1;
      gst.utilSetObjectArg(required(camera.getByName('code'), 'code'), 'data', `${setup.sourceName} ${code}`);
    },
    streams: connection.streams,
    framesPublished: () => Number(named('encoded').stats?.getUint64('num-buffers')[1] ?? 0n),
    stop(): void {
      sending.stop();
      sources.clear();
    },
  };
}
