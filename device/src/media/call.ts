import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { type DeathReason, type MediaCall, type MediaCallEvent, MediaError, type PictureOf } from '../ports/media.ts';
import type { ForkMedia, MediaChild } from './child.ts';
import { createDeferred, type Deferred, withSignal } from './deferred.ts';
import type { FromMedia } from './ipc.ts';
import type { MediaSetup } from './setup.ts';

/**
 * A process that has made its offer and is silent for so long hangs. Heartbeats come every 250 ms; on two cores that are
 * overloaded tenfold a healthy process was seen to be silent for more than a second.
 */
export const silenceAllowedMs = 2_000;
/** Start-up loads libraries and may have to build the plugin registry of a new machine. */
export const startAllowedMs = 15_000;
/** Pipelines that stop in order need less; one that does not is killed. */
const stopAllowedMs = 600;
const watchEveryMs = 100;

export type MediaCallDeps = {
  fork: ForkMedia;
  setup: MediaSetup;
  clock: Clock;
  /** The process runs and its publish offer is made. */
  onReady(): void;
  /** There is a first picture of something, or none any more. */
  onPictures(): void;
  onInput(isPluggedIn: boolean): void;
};

/** Parent side of one media process: turns its messages into promises and events, and ends it when it hangs. */
export type OwnedMediaCall = MediaCall & {
  readonly isReady: boolean;
  pictureFile(of: PictureOf): string | null;
  readonly isOver: boolean;
};

export function createMediaCall({ fork, setup, clock, onReady, onPictures, onInput }: MediaCallDeps): OwnedMediaCall {
  const listeners = new Set<(event: MediaCallEvent) => void>();
  const answers = new Map<number, Deferred<string>>();
  const over = new AbortController();
  let offer = createDeferred<string>();
  let content = { attempt: 0, offer: createDeferred<string>() };
  let hasOffer = false;
  let isDisposed = false;
  const pictures = new Map<PictureOf, string>();
  let showingBoard = Promise.resolve();
  let isCameraOn = false;
  let deathReason: DeathReason = 'exited';
  let heardAtMs = clock.monotonicMs();

  const emit = (event: MediaCallEvent) => {
    for (const listener of [...listeners]) listener(event);
  };

  const child: MediaChild = fork({
    onMessage: (message) => {
      heardAtMs = clock.monotonicMs();
      follow(message);
    },
    onInvalid: (detail) => emit({ type: 'error', code: 'message_invalid', detail }),
  });

  function follow(message: FromMedia): void {
    switch (message.type) {
      case 'ready':
      case 'heartbeat':
        return;
      case 'publishOffer':
        hasOffer = true;
        offer.resolve(message.sdp);
        onReady();
        return;
      case 'contentOffer':
        if (message.attempt === content.attempt) content.offer.resolve(message.sdp);
        return;
      case 'input':
        onInput(message.isPluggedIn);
        return;
      case 'subscribeAnswer':
        answers.get(message.revision)?.resolve(message.sdp);
        answers.delete(message.revision);
        return;
      case 'firstFrame':
        emit({ ...message, atMonotonicMs: message.atMs - hrtimeMs() + clock.monotonicMs() });
        return;
      case 'picture':
        keepPicture(message.of, message.file);
        return;
      case 'peripheral':
        if (message.peripheral.kind === 'camera' && message.peripheral.state !== 'working') dropPicture('self');
        emit(message);
        return;
      case 'error':
        if (message.code === 'content_failed') content.offer.reject(new MediaError('content_failed', message.detail));
        if (message.code === 'sdp_refused') rejectWaiting(new MediaError('sdp_refused', message.detail));
        emit({ type: 'error', code: message.code, detail: message.detail });
        return;
      default:
        emit(message);
    }
  }

  /** A picture that was on its way when the camera went off must not bring it back. */
  function keepPicture(of: PictureOf, file: string): void {
    if (of === 'self' && !isCameraOn) return;
    const isFirst = !pictures.has(of);
    pictures.set(of, file);
    if (isFirst) onPictures();
  }

  function dropPicture(of: PictureOf): void {
    if (pictures.delete(of)) onPictures();
  }

  function rejectWaiting(error: MediaError): void {
    offer.reject(error);
    content.offer.reject(error);
    for (const answer of answers.values()) answer.reject(error);
    answers.clear();
  }

  const exited = child.exited.then((detail) => {
    over.abort();
    dropPicture('display');
    dropPicture('content');
    dropPicture('self');
    rejectWaiting(new MediaError(isDisposed ? 'media_closed' : 'media_died', `media process ${child.pid}: ${detail}`));
    if (!isDisposed) emit({ type: 'died', reason: deathReason, detail });
    listeners.clear();
  });

  /** Replaced as a whole: the media process may be reading the one before. */
  async function keepBoardPicture(jpeg: Buffer | null): Promise<string | null> {
    const file = join(setup.previewFolder, `board-${child.pid}.jpg`);
    if (!jpeg) {
      await rm(file, { force: true });
      return null;
    }
    await writeFile(`${file}.next`, jpeg, { mode: 0o600 });
    await rename(`${file}.next`, file);
    return file;
  }

  void watch();
  async function watch(): Promise<void> {
    while (!over.signal.aborted) {
      await clock.sleep(watchEveryMs, { signal: over.signal }).catch(() => {});
      if (over.signal.aborted || !isSilent()) continue;
      // When it was this process that stood still, the messages are waiting: read them before judging.
      await clock.sleep(watchEveryMs / 2, { signal: over.signal }).catch(() => {});
      if (over.signal.aborted || !isSilent()) continue;
      deathReason = 'hung';
      child.kill();
      return;
    }
  }
  const isSilent = () => clock.monotonicMs() - heardAtMs > (hasOffer ? silenceAllowedMs : startAllowedMs);

  child.send({ type: 'configure', setup });

  return {
    pid: child.pid,
    get isReady() {
      return hasOffer && !over.signal.aborted;
    },
    get isOver() {
      return over.signal.aborted;
    },
    pictureFile: (of) => pictures.get(of) ?? null,
    publishOffer: ({ signal }) => withSignal(offer.promise, signal),
    open: () => child.send({ type: 'open' }),
    applyPublishAnswer: (sdp) => child.send({ type: 'publishAnswer', sdp }),
    answerSubscribeOffer({ revision, isNew, offer: sdp, streams }, { signal }) {
      if (over.signal.aborted) return Promise.reject(new MediaError('media_died', 'the media process is gone'));
      const answer = createDeferred<string>();
      answers.set(revision, answer);
      child.send({ type: 'subscribeOffer', revision, isNew, sdp, streams: [...streams] });
      return withSignal(answer.promise, signal);
    },
    addCandidate: (connection, candidate) => child.send({ type: 'candidate', connection, candidate }),
    setMedia(media) {
      isCameraOn = media.isCameraOn;
      if (!isCameraOn) dropPicture('self');
      child.send({ type: 'setMedia', media });
    },
    setVolume: (volumePercent) => child.send({ type: 'setVolume', volumePercent }),
    setRoster: (participants) => child.send({ type: 'roster', participants: [...participants] }),
    setWatermark: (name) => child.send({ type: 'watermark', name }),
    setCaption: (caption) => child.send({ type: 'caption', caption }),
    offerContent({ signal }) {
      if (over.signal.aborted) return Promise.reject(new MediaError('media_died', 'the media process is gone'));
      content.offer.reject(new MediaError('media_closed', 'a newer offer was asked for'));
      content = { attempt: content.attempt + 1, offer: createDeferred() };
      child.send({ type: 'offerContent', attempt: content.attempt });
      return withSignal(content.offer.promise, signal);
    },
    applyContentAnswer: (sdp) => child.send({ type: 'contentAnswer', sdp }),
    closeContent() {
      content.offer.reject(new MediaError('media_closed', 'nothing is shared any more'));
      child.send({ type: 'closeContent' });
    },
    showInput: (label) => child.send({ type: 'showInput', label }),
    showBoard(board) {
      showingBoard = showingBoard
        .then(async () => {
          const file = await keepBoardPicture(board?.jpeg ?? null);
          child.send({ type: 'showBoard', board: board && { file, label: board.label } });
        })
        .catch((cause: unknown) => emit({ type: 'error', code: 'board_failed', detail: String(cause) }));
    },
    republish({ signal }) {
      offer.reject(new MediaError('media_closed', 'a newer offer was asked for'));
      offer = createDeferred();
      child.send({ type: 'republish' });
      return withSignal(offer.promise, signal);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      isDisposed = true;
      child.send({ type: 'stop' });
      const kill = clock.sleep(stopAllowedMs, { signal: over.signal }).then(
        () => child.kill(),
        () => {},
      );
      await exited;
      await kill;
      await showingBoard;
      await keepBoardPicture(null);
    },
  };
}

function hrtimeMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
