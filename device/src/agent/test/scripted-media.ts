import { type MediaCall, type MediaCallEvent, MediaError, type MediaPort } from '../../ports/media.ts';

/** One scripted media process: it makes numbered offers, remembers what it was told, and dies when told to. */
export type ScriptedCall = MediaCall & {
  told: string[];
  emit(event: MediaCallEvent): void;
  die(): void;
  isDisposed: boolean;
};

/** Media that a test drives: every `take` is a new process, the offers of process 2 are `offer 2.1`, `offer 2.2`, … */
export function createScriptedMedia(): MediaPort & { calls: ScriptedCall[]; last(): ScriptedCall } {
  const calls: ScriptedCall[] = [];
  return {
    calls,
    last() {
      const call = calls.at(-1);
      if (!call) throw new Error('no media was taken');
      return call;
    },
    isSpareReady: true,
    pictureFile: () => null,
    take({ media }) {
      const call = createScriptedCall(calls.length + 1);
      call.setMedia(media);
      calls.push(call);
      return call;
    },
    showInput: () => {},
    onEvent: () => () => {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function createScriptedCall(process: number): ScriptedCall {
  const listeners = new Set<(event: MediaCallEvent) => void>();
  let offers = 1;
  let contentOffers = 0;
  let isDead = false;
  const offer = () =>
    isDead
      ? Promise.reject(new MediaError('media_died', 'killed by the test'))
      : Promise.resolve(`offer ${process}.${offers}`);
  const call: ScriptedCall = {
    ...{ pid: process, told: [], isDisposed: false },
    emit: (event) => {
      for (const listener of [...listeners]) listener(event);
    },
    die() {
      isDead = true;
      call.emit({ type: 'died', reason: 'exited', detail: 'killed by the test' });
    },
    publishOffer: offer,
    republish() {
      offers += 1;
      return offer();
    },
    offerContent() {
      contentOffers += 1;
      call.told.push('content offered');
      return isDead ? offer() : Promise.resolve(`content ${process}.${contentOffers}`);
    },
    applyContentAnswer: (sdp) => void call.told.push(`content answer ${sdp}`),
    closeContent: () => void call.told.push('content closed'),
    showInput: (label) => void call.told.push(label === null ? 'input hidden' : `input shown: ${label}`),
    showBoard: (board) => void call.told.push(board ? `board ${board.jpeg ?? 'unpainted'}` : 'board hidden'),
    open: () => void call.told.push('open'),
    applyPublishAnswer: (sdp) => void call.told.push(`answer ${sdp}`),
    answerSubscribeOffer: ({ revision }) => Promise.resolve(`subscribed ${revision}`),
    addCandidate: (connection) => void call.told.push(`candidate ${connection}`),
    setMedia: ({ isMicrophoneOn, isCameraOn }) =>
      void call.told.push(`media ${isMicrophoneOn ? 'M' : '-'}${isCameraOn ? 'C' : '-'}`),
    setVolume: (percent) => void call.told.push(`volume ${percent}`),
    setRoster: (roster) => void call.told.push(`roster ${roster.length}`),
    setCaption: () => {},
    setWatermark: (name) => void call.told.push(`watermark ${name ?? 'off'}`),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.asyncDispose]() {
      call.isDisposed = true;
      return Promise.resolve();
    },
  };
  return call;
}
