import { type MediaCall, MediaError, type MediaPort } from '../ports/media.ts';

/**
 * Media of a simulated terminal: there is none, and it says so. No process is started, no offer is made and none is
 * answered; such a terminal joins meetings as somebody who only watches, and sees nothing.
 */
export function createNoMedia(): MediaPort {
  const refuse = () => Promise.reject(new MediaError('media_closed', 'this simulated terminal has no media'));
  return {
    isSpareReady: false,
    pictureFile: () => null,
    take: (): MediaCall => ({
      pid: undefined,
      publishOffer: refuse,
      republish: refuse,
      answerSubscribeOffer: refuse,
      offerContent: refuse,
      open: () => {},
      applyPublishAnswer: () => {},
      applyContentAnswer: () => {},
      closeContent: () => {},
      showInput: () => {},
      showBoard: () => {},
      addCandidate: () => {},
      setMedia: () => {},
      setVolume: () => {},
      setRoster: () => {},
      setCaption: () => {},
      setWatermark: () => {},
      onEvent: () => () => {},
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }),
    showInput: () => {},
    onEvent: () => () => {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
