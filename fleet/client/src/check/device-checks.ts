import type { DeviceFault } from '../media/device-faults.ts';
import type { LocalMedia } from '../media/local-media.ts';
import { type Playback, playTestSound } from '../media/test-sound.ts';
import { type Finding, found } from './findings.ts';
import { type PictureLook, see } from './picture.ts';
import type { Check } from './run-checks.ts';
import { sleep } from './sleep.ts';
import { hear, levelDbOf } from './voice.ts';

/** Tests of what is on this side: browser, address, permission, microphone, speaker and camera. */
export type DeviceCheckDeps = {
  localMedia: LocalMedia;
  page: Window & typeof globalThis;
  /** Asks the person whether they hear it; `onPlayed` plays it again as often as they like. */
  askHeard: (playAgain: () => void, options: { signal: AbortSignal }) => Promise<boolean>;
};

const listenEveryMs = 50;
const listenForMs = 8_000;
const lookEveryMs = 200;
const lookTimes = 12;

export function createDeviceChecks({ localMedia, page, askHeard }: DeviceCheckDeps) {
  const browser: Check = async () => {
    const isFit = 'RTCPeerConnection' in page && 'WebSocket' in page && 'AudioContext' in page;
    // Missing on an insecure address in every browser, however new: that is the next test's.
    const hasDevices = !page.isSecureContext || 'mediaDevices' in page.navigator;
    return found(isFit && hasDevices ? 'browser.good' : 'browser.old');
  };

  const secure: Check = async () => found(page.isSecureContext ? 'secure.good' : 'secure.bad');

  const permission: Check = async () => {
    await localMedia.open({ microphone: true, camera: true });
    const { microphone, camera } = localMedia.state();
    const faults = [microphone.fault, camera.fault];
    if (faults.includes('insecure')) return found('permission.untested');
    if (faults.includes('deniedBySystem')) return found('permission.system');
    return found(faults.includes('denied') ? 'permission.denied' : 'permission.good');
  };

  const microphone: Check = async ({ signal }) => {
    const { stream, microphone: device } = localMedia.state();
    if (device.fault) return faultFinding('microphone', device.fault);
    const context = new AudioContext();
    try {
      await context.resume();
      const analyser = context.createAnalyser();
      context.createMediaStreamSource(stream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      const levels: number[] = [];
      for (let ms = 0; ms < listenForMs; ms += listenEveryMs) {
        await sleep(listenEveryMs, signal);
        analyser.getFloatTimeDomainData(samples);
        levels.push(levelDbOf(samples));
        if (hear(levels, listenEveryMs) === 'voice') return found('microphone.good');
      }
      return found(hear(levels, listenEveryMs) === 'silence' ? 'microphone.silence' : 'microphone.noise');
    } finally {
      await context.close();
    }
  };

  const speaker: Check = async ({ signal }) => {
    const answered = new AbortController();
    const during = { signal: AbortSignal.any([signal, answered.signal]) };
    const { promise: trouble, resolve: onTrouble } = Promise.withResolvers<Exclude<Playback, 'played'>>();
    const play = () => {
      playTestSound(localMedia.state().speakerId, during).then((playback) => {
        // A speaker that cannot play needs no answer.
        if (playback !== 'played') onTrouble(playback);
      }, reportError);
    };
    play();
    try {
      const answer = await Promise.race([askHeard(play, during), trouble]);
      if (answer === 'blocked' || answer === 'failed') return found(`speaker.${answer}`);
      return found(answer ? 'speaker.good' : 'speaker.unheard');
    } finally {
      answered.abort();
    }
  };

  const camera: Check = async ({ signal }) => {
    const { stream, camera: device } = localMedia.state();
    if (device.fault) return faultFinding('camera', device.fault);
    const video = page.document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    try {
      // A camera without pictures never plays: the looks tell.
      video.play().catch(() => undefined);
      const looks: PictureLook[] = [];
      for (let time = 0; time < lookTimes; time++) {
        await sleep(lookEveryMs, signal);
        looks.push(lookAt(video));
      }
      const seen = see(looks);
      return found(seen === 'picture' ? 'camera.good' : `camera.${seen}`);
    } finally {
      video.srcObject = null;
    }
  };

  return { browser, secure, permission, microphone, speaker, camera };
}

function faultFinding(check: 'microphone' | 'camera', fault: DeviceFault): Finding {
  switch (fault) {
    case 'busy':
      return found(`${check}.busy`);
    case 'missing':
    case 'unplugged':
      return found(`${check}.missing`);
    // The permission's own test says what to do.
    case 'denied':
    case 'deniedBySystem':
    case 'insecure':
      return found(`${check}.untested`);
  }
}

const pictureSize = { width: 32, height: 18 };

/** A small copy of the picture as it is now. */
function lookAt(video: HTMLVideoElement): PictureLook {
  const canvas = new OffscreenCanvas(pictureSize.width, pictureSize.height);
  const drawing = canvas.getContext('2d');
  const frames = video.getVideoPlaybackQuality().totalVideoFrames;
  if (!drawing || video.videoWidth === 0) return { frames, darkest: 0, brightest: 0 };
  drawing.drawImage(video, 0, 0, pictureSize.width, pictureSize.height);
  const { data: points } = drawing.getImageData(0, 0, pictureSize.width, pictureSize.height);
  const lights: number[] = [];
  for (let at = 0; at < points.length; at += 4) {
    lights.push(((points[at] ?? 0) + (points[at + 1] ?? 0) + (points[at + 2] ?? 0)) / 3);
  }
  return { frames, darkest: Math.min(...lights), brightest: Math.max(...lights) };
}
