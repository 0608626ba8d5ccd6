import { assertNever } from '@anteroom/shared/assert-never.ts';
import { readEveryMs } from '@anteroom/shared/network/quality.ts';
import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import type { MediaLevels, Peripheral, PeripheralKind, PeripheralState, PictureOf } from '../ports/media.ts';
import { popBus } from './bus.ts';
import { createClip } from './clip.ts';
import { boardReader } from './content-graph.ts';
import { createContentSession } from './content-session.ts';
import { chooseDevice, createDeviceWatch, virtualDeviceName, withoutContentInput } from './devices.ts';
import type { Gstreamer, GstStructure } from './gst.ts';
import type { FromMedia, ToMedia } from './ipc.ts';
import { parseRms } from './levels.ts';
import { createPublisher, type Publisher, type SourceKind } from './publisher.ts';
import { createRehearsal } from './rehearsal.ts';
import type { MediaSetup } from './setup.ts';
import { createStage } from './stage.ts';
import { createSubscriber } from './subscriber.ts';

export type SessionDeps = {
  gstreamer: Gstreamer;
  setup: MediaSetup;
  send(message: FromMedia): void;
  monotonicMs(): number;
};

export type Session = ReturnType<typeof createSession>;

const arrangeEveryMs = 250;
const statsEveryMs = 1_000;
/** What is watched is known to be so still: the screens call nothing working that nobody said for 90 s. */
const retellEveryMs = 30_000;
/**
 * Opening sources takes the thread that answers offers, and the first picture of others waits for that answer: sources
 * wait for it, or so long when nobody offers anything.
 */
const sourcesWaitMs = 200;

/** One call's media inside the media process: what each message of the agent does to the pipelines. */
export function createSession({ gstreamer, setup, send, monotonicMs }: SessionDeps) {
  const { gst } = gstreamer;
  const clock = gst.SystemClock.obtain();
  // Both pipelines share one clock and base time, so that echo cancelling knows when a sound was played.
  const baseTime = clock.getTime();
  const usesDevices =
    [setup.camera, setup.microphone, setup.speaker].some(({ kind }) => kind === 'usb') ||
    setup.contentInput?.kind === 'capture';
  const devices = usesDevices ? createDeviceWatch(gst) : null;
  const peripherals = new Map<PeripheralKind, Peripheral>();
  const levels: MediaLevels = { microphoneDb: null, speakerDb: null };
  let media: MediaState = { isMicrophoneOn: false, isCameraOn: false };
  let isOpen = false;
  let isStopped = false;
  /** Runs while the sources of a call that was opened are still closed. */
  let sourcesTimer: ReturnType<typeof setTimeout> | null = null;
  let arrangedAtMs = 0;
  let statsAtMs = 0;
  let networkAtMs = 0;
  let toldAtMs = monotonicMs();

  const fault = (code: Extract<FromMedia, { type: 'error' }>['code'], detail: string, isFatal = false) =>
    send({ type: 'error', code, detail, isFatal });

  function tellPeripheral(kind: PeripheralKind, state: PeripheralState, name: string): void {
    const before = peripherals.get(kind);
    if (before?.state === state && before.name === name) return;
    const peripheral: Peripheral = { kind, state, name };
    peripherals.set(kind, peripheral);
    send({ type: 'peripheral', peripheral });
  }

  function findDevice(kind: SourceKind | 'speaker') {
    const wanted = setup[kind];
    if (wanted.kind !== 'usb' || !devices) return null;
    return chooseDevice(withoutContentInput(devices.list(), setup.contentInput), kind, wanted.preferredName);
  }

  /** Tells about every device that the profile asks for, opened or not; what is made here cannot be missing. */
  function tellDevices(): void {
    for (const kind of ['camera', 'microphone', 'speaker', 'display'] as const) {
      const name = virtualDeviceName(kind, setup[kind].kind);
      if (name !== null) tellPeripheral(kind, 'working', name);
      if (kind === 'display' || setup[kind].kind !== 'usb') continue;
      const found = findDevice(kind);
      tellPeripheral(kind, found ? 'working' : 'missing', found?.name ?? '');
    }
  }

  const clip =
    setup.camera.kind === 'file'
      ? createClip(gst, setup.camera.path, (detail) => fault('device_failed', detail))
      : null;
  const stage = createStage({
    gstreamer,
    setup,
    // A speaker that is not there must not stop the picture: sound goes nowhere until one is plugged in.
    speaker: findDevice('speaker')?.description ?? 'fakesink',
    clock,
    baseTime,
    monotonicMs,
    onFirstFrame: (participantId, atMs) => send({ type: 'firstFrame', participantId, atMs }),
  });
  const subscriber = createSubscriber({
    gstreamer,
    stage,
    iceAddresses: setup.iceAddresses,
    onLateCandidate: (candidate) => send({ type: 'candidate', connection: 'subscribe', candidate }),
    onState: (state) => send({ type: 'connection', connection: 'subscribe', state }),
    onFault: (detail) => fault('pipeline_failed', detail),
  });

  function startPublisher(): Publisher {
    const next = createPublisher({
      gstreamer,
      setup,
      clock,
      baseTime,
      iceAddresses: setup.iceAddresses,
      findDevice,
      onPeripheral: tellPeripheral,
      onLateCandidate: (candidate) => send({ type: 'candidate', connection: 'publish', candidate }),
      onState: (state) => send({ type: 'connection', connection: 'publish', state }),
    });
    next.setMedia(media, monotonicMs());
    next.offer().then(
      (sdp) => {
        send({ type: 'publishOffer', sdp });
        if (!isOpen) rehearsal.start();
      },
      (cause: Error) => fault('pipeline_failed', cause.message, true),
    );
    return next;
  }

  const content = createContentSession({
    ...{ gstreamer, setup, clock, baseTime, stage, send, monotonicMs },
    devices: () => devices?.list() ?? [],
    fault,
  });
  const rehearsal = createRehearsal(gst);
  tellDevices();
  let publisher = startPublisher();
  subscriber.prepare();

  /** Answers are made one after the other: a renegotiation may not overtake another. */
  let negotiation = Promise.resolve();

  async function negotiate(message: Extract<ToMedia, { type: 'subscribeOffer' }>): Promise<void> {
    const { revision, isNew, sdp, streams } = message;
    try {
      send({ type: 'subscribeAnswer', revision, sdp: await subscriber.answer({ isNew, offer: sdp, streams }) });
      setImmediate(openSources);
    } catch (cause) {
      if (!isStopped)
        fault('sdp_refused', `subscribe offer ${revision}: ${cause instanceof Error ? cause.message : cause}`);
    }
  }

  function follow(message: Exclude<ToMedia, { type: 'configure' | 'stop' }>): void {
    switch (message.type) {
      case 'open':
        isOpen = true;
        rehearsal.stop();
        stage.open();
        sourcesTimer = setTimeout(openSources, sourcesWaitMs);
        return;
      case 'publishAnswer':
        publisher
          .applyAnswer(message.sdp)
          .catch((cause: Error) => fault('sdp_refused', `publish answer: ${cause.message}`));
        return;
      case 'subscribeOffer':
        negotiation = negotiation.then(() => negotiate(message));
        return;
      case 'candidate':
        ({ publish: publisher, subscribe: subscriber, content })[message.connection].addCandidate(message.candidate);
        return;
      case 'offerContent':
      case 'contentAnswer':
      case 'closeContent':
      case 'showInput':
        content.follow(message);
        return;
      case 'setMedia':
        media = message.media;
        publisher.setMedia(media, monotonicMs());
        return;
      case 'setVolume':
        stage.setVolume(message.volumePercent);
        return;
      case 'roster':
        stage.setRoster(message.participants);
        return;
      case 'watermark':
        stage.setWatermark(message.name);
        return;
      case 'showBoard':
        stage.showBoard(message.board);
        return;
      case 'caption':
        stage.setCaption(message.caption);
        return;
      case 'republish':
        publisher.stop();
        subscriber.drop();
        publisher = startPublisher();
        if (isOpen) publisher.open(monotonicMs());
        subscriber.prepare();
        return;
      default:
        assertNever(message);
    }
  }

  function openSources(): void {
    if (isStopped || sourcesTimer === null) return;
    clearTimeout(sourcesTimer);
    sourcesTimer = null;
    clip?.play();
    publisher.open(monotonicMs());
  }

  function tellPicture(of: PictureOf, structure: GstStructure): void {
    const file = structure.getString('filename');
    if (file) send({ type: 'picture', of, file });
  }

  function readBuses(nowMs: number): void {
    for (const event of popBus(gst, publisher.bus)) {
      if (event.type === 'element' && event.source === 'microphone-level')
        levels.microphoneDb = parseRms(event.structure.toString());
      if (event.type === 'element' && event.source === 'self-pictures') tellPicture('self', event.structure);
      if (event.type !== 'error') continue;
      if (publisher.followError(event.source, nowMs)) fault('device_failed', event.detail);
      else fault('pipeline_failed', event.detail, true);
    }
    for (const event of popBus(gst, stage.bus)) {
      // A picture of the board that cannot be read costs that picture and no more: the next one brings another.
      if (event.type === 'error' && event.source.startsWith(boardReader)) fault('board_failed', event.detail);
      else if (event.type === 'error') fault('pipeline_failed', event.detail, true);
      if (event.type !== 'element') continue;
      if (event.source === 'speaker-level') {
        levels.speakerDb = parseRms(event.structure.toString());
        send({ type: 'levels', levels: { ...levels } });
      }
      if (event.source === 'display-pictures') tellPicture('display', event.structure);
      if (event.source === 'content-pictures') tellPicture('content', event.structure);
    }
  }

  return {
    follow,
    /** Serves the buses; called every few milliseconds by the process's one loop. */
    tick(nowMs: number): void {
      readBuses(nowMs);
      clip?.tick();
      content.tick(nowMs);
      rehearsal.tick();
      publisher.tick(nowMs);
      stage.tick(nowMs);
      if (devices?.hasChanged()) {
        tellDevices();
        publisher.lookForDevices(nowMs);
        content.lookAgain(nowMs);
      }
      if (nowMs - toldAtMs >= retellEveryMs) {
        toldAtMs = nowMs;
        for (const peripheral of peripherals.values()) send({ type: 'peripheral', peripheral });
      }
      if (stage.isOpen && nowMs - arrangedAtMs >= arrangeEveryMs) {
        arrangedAtMs = nowMs;
        stage.arrange();
      }
      if (isOpen && nowMs - statsAtMs >= statsEveryMs) {
        statsAtMs = nowMs;
        send({ type: 'stats', stats: { ...stage.stats(), framesPublished: publisher.framesPublished() } });
      }
      if (isOpen && nowMs - networkAtMs >= readEveryMs) {
        networkAtMs = nowMs;
        const streams = [...publisher.streams(), ...subscriber.streams()];
        send({ type: 'network', reading: { atMs: nowMs, streams, paths: [] } });
      }
    },
    stop(): void {
      isStopped = true;
      if (sourcesTimer) clearTimeout(sourcesTimer);
      devices?.stop();
      rehearsal.stop();
      publisher.stop();
      content.stop();
      subscriber.stop();
      clip?.stop();
      stage.stop();
    },
  };
}
