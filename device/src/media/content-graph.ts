import {
  audioPayload,
  codePicture,
  filter,
  font,
  ivoryArgb,
  pictureCaps,
  quote,
  rawAudio,
  type Size,
  surfaceArgb,
  videoEncoder,
  videoPayload,
  wantedFormats,
} from './graph.ts';
import type { MediaSetup } from './setup.ts';

/**
 * GStreamer descriptions of the way of a laptop's picture and sound. Pure. The input is a pipeline of its own, so that a
 * cable that is pulled out breaks nothing else; it plays into channels from which display, speaker and the `content`
 * connection take it.
 */
type ContentInput = NonNullable<MediaSetup['contentInput']>;

export type ContentDevices = { picture: string; sound: string | null };

const intoChannel = (input: ContentInput) =>
  `! videoconvert ! videoscale ! videorate ! ${pictureCaps(input)} ! intervideosink channel=laptop sync=false`;

/** Whoever reads sound from a channel takes it out of it, which pictures allow many to do: sound has a channel for each. */
const soundChannels = { room: 'laptop-room', meeting: 'laptop-meeting' } as const;

const intoSoundChannels = [
  `! ${rawAudio} ! tee name=laptop-sound`,
  ...Object.values(soundChannels).map(
    (channel) => `laptop-sound. ! queue max-size-time=200000000 ! interaudiosink channel=${channel} sync=false`,
  ),
].join(' ');

/** Plays what is plugged in into the channels. `devices` is what a capture input was found to be. */
export function contentInputDescription(input: ContentInput, devices: ContentDevices | null): string | null {
  if (input.kind === 'pattern') {
    return [
      codePicture(input, { source: 'laptop-source', code: 'laptop-code', ground: '0xff3a2f24' }),
      `! textoverlay text="Laptop" valignment=bottom halignment=center font-desc="${font} 12" draw-shadow=false color=${ivoryArgb}`,
      intoChannel(input),
      `audiotestsrc is-live=true wave=sine freq=${input.frequencyHz} volume=${input.level} samplesperbuffer=480`,
      intoSoundChannels,
    ].join(' ');
  }
  if (!devices) return null;
  const { picture, sound } = devices;
  return [
    `${picture} ! ${filter(wantedFormats(input))} ! decodebin ! queue leaky=downstream max-size-buffers=2 ${intoChannel(input)}`,
    ...(sound ? [`${sound} ! audioconvert ! audioresample ${intoSoundChannels}`] : []),
  ].join(' ');
}

/** A laptop that shows nothing for so long is black. */
const blackAfterNs = 1_000_000_000;

const pictureOfLaptop = (input: ContentInput) =>
  `intervideosrc channel=laptop timeout=${blackAfterNs} ! ${pictureCaps(input)}`;
const soundOfLaptop = (channel: string) =>
  `interaudiosrc channel=${channel} ! audioconvert ! audioresample ! ${rawAudio}`;

/**
 * The `content` connection: the gates stay closed until it stands, as those of `publishDescription` do. A key frame is
 * asked for when they open.
 */
export function contentPublishDescription(
  input: ContentInput,
  encoder: MediaSetup['encoder'],
  ssrc: { video: number; audio: number },
): string {
  return [
    'webrtcbin name=connection bundle-policy=max-bundle',
    `${pictureOfLaptop(input)} ! queue leaky=downstream max-size-buffers=2 max-size-bytes=0 max-size-time=0`,
    `! ${videoEncoder({ video: encoder.video, videoBitrateKbps: input.videoBitrateKbps })}`,
    '! rtpvp8pay picture-id-mode=15-bit mtu=1200',
    `! application/x-rtp,media=video,encoding-name=VP8,payload=${videoPayload},clock-rate=90000,ssrc=(uint)${ssrc.video}`,
    '! valve name=video-gate drop=true drop-mode=forward-sticky-events ! connection.',
    `${soundOfLaptop(soundChannels.meeting)} ! queue leaky=downstream max-size-time=200000000 max-size-buffers=0 max-size-bytes=0`,
    `! opusenc audio-type=generic bitrate=${2 * encoder.audioBitrateKbps * 1000} inband-fec=true packet-loss-percentage=5`,
    '! rtpopuspay',
    `! application/x-rtp,media=audio,encoding-name=OPUS,payload=${audioPayload},clock-rate=48000,encoding-params=(string)2,ssrc=(uint)${ssrc.audio}`,
    '! valve name=audio-gate drop=true drop-mode=forward-sticky-events ! connection.',
  ].join(' ');
}

const words = [
  `textoverlay name=label text="" halignment=left valignment=bottom shaded-background=true`,
  `shading-value=170 draw-shadow=false draw-outline=false color=${ivoryArgb} font-desc="${font} 14"`,
].join(' ');

/** A bin with one source pad: the laptop's picture with words on it, for the compositor. */
export function laptopTileDescription(input: ContentInput): string {
  return `${pictureOfLaptop(input)} ! queue leaky=downstream max-size-buffers=2 max-size-bytes=0 max-size-time=0 ! ${words}`;
}

/** Begins the names of what reads the board's pictures: whoever sees an error on the bus knows it by that. */
export const boardReader = 'board-';

/**
 * A bin with one source pad: one picture of the whiteboard with words on it, which the compositor repeats. Without a file,
 * the plain surface that a board is drawn on later.
 */
export function boardTileDescription(file: string | null, screen: Size): string {
  const size = `video/x-raw,format=I420,width=${screen.width},height=${screen.height},pixel-aspect-ratio=1/1`;
  const source =
    file === null
      ? `videotestsrc num-buffers=1 pattern=solid-color foreground-color=${surfaceArgb}`
      : `filesrc name=${boardReader}file location=${quote(file)} ! jpegdec name=${boardReader}decoder ! videoconvert ! videoscale add-borders=true`;
  return `${source} ! ${size} ! imagefreeze num-buffers=1 ! video/x-raw,framerate=1/1 ! identity name=decoded ! ${words}`;
}

/** A bin with one source pad: the laptop's sound, for the mixer. */
export const laptopSoundDescription = `${soundOfLaptop(soundChannels.room)} ! queue max-size-time=500000000 max-size-buffers=0 max-size-bytes=0`;
