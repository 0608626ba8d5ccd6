import type { MediaSetup } from './setup.ts';
import { watermarkDescription } from './watermark.ts';

/**
 * GStreamer descriptions of every part of the two pipelines, made from a setup. Pure. Names given here with `name=` are
 * the ones that the acting files look up.
 *
 * publish: camera bin → encoder → gate → webrtcbin, microphone bin → mute → encoder → gate → webrtcbin
 * stage:   webrtcbin → decoders → compositor → display, and → mixer → speaker
 */
export const rawAudio = 'audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved';

/** Payload types and SSRCs are fixed in the caps, so that an offer can be made before any media exists. */
export const videoPayload = 96;
export const audioPayload = 111;
/**
 * RFC 6464: each packet says how loud it is, and Janus tells from that who speaks. Written as GStreamer 1.22 writes it:
 * in the short form, without direction and attributes, the payloader's own caps do not agree with it.
 */
export const audioLevelExtension = 'extmap-1=(string)<"", "urn:ietf:params:rtp-hdrext:ssrc-audio-level", "vad=on">';

/** look.md: ground, text and ink, dark scheme. */
const groundArgb = '0xff0c1116';
export const surfaceArgb = '0xff131a21';
export const ivoryArgb = '0xfff5f0e7';
export const font = 'Hanken Grotesk, Noto Sans CJK SC, Noto Sans SC, DejaVu Sans';

/** Text inside a quoted property of a description. */
export function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Text for `textoverlay`, which reads Pango markup: a person's name must not be one. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export type Size = { width: number; height: number };
export type Picture = Size & { framesPerSecond: number };

export const pictureCaps = ({ width, height, framesPerSecond }: Picture, format: 'I420' | 'Y444' = 'I420') =>
  `video/x-raw,format=${format},width=${width},height=${height},framerate=${framesPerSecond}/1,pixel-aspect-ratio=1/1`;

/** Caps as an element, for the end of a description: bare caps stand only between two elements. */
export const filter = (caps: string) => `capsfilter caps="${caps}"`;

/**
 * The publish pipeline without its sources. `drop-mode=forward-sticky-events` lets caps through a closed gate; a gate
 * that is closed drops everything else, so nothing leaves the room before Join.
 */
export function publishDescription(setup: MediaSetup, ssrc: { video: number; audio: number }): string {
  const { encoder } = setup;
  return [
    'webrtcbin name=connection bundle-policy=max-bundle',
    `queue name=video-in leaky=downstream max-size-buffers=2 max-size-bytes=0 max-size-time=0 ! tee name=own ! ${videoEncoder(encoder)}`,
    '! rtpvp8pay picture-id-mode=15-bit mtu=1200',
    `! application/x-rtp,media=video,encoding-name=VP8,payload=${videoPayload},clock-rate=90000,ssrc=(uint)${ssrc.video}`,
    '! valve name=video-gate drop=true drop-mode=forward-sticky-events ! connection.',
    'queue name=audio-in max-size-time=200000000 max-size-buffers=0 max-size-bytes=0 leaky=downstream',
    `! volume name=microphone-mute ! level name=microphone-level interval=100000000 post-messages=true audio-level-meta=true`,
    `! opusenc audio-type=voice bitrate=${encoder.audioBitrateKbps * 1000} inband-fec=true packet-loss-percentage=5`,
    '! rtpopuspay',
    `! application/x-rtp,media=audio,encoding-name=OPUS,payload=${audioPayload},clock-rate=48000,encoding-params=(string)2,ssrc=(uint)${ssrc.audio},${audioLevelExtension}`,
    '! valve name=audio-gate drop=true drop-mode=forward-sticky-events ! connection.',
    selfView(setup),
  ].join(' ');
}

/** Enough to sit straight by, at the width that a panel shows it in. */
const selfView = ({ camera, previewFolder }: MediaSetup) =>
  [
    'own. ! queue leaky=downstream max-size-buffers=1 ! videorate drop-only=true ! video/x-raw,framerate=2/1',
    `! videoscale ! video/x-raw,width=480,height=${evenHeight(camera, 480)},pixel-aspect-ratio=1/1 ! ${asJpeg}`,
    `! ${pictureFiles('self-pictures', `${previewFolder}/self-%05d.jpg`)}`,
  ].join(' ');

const evenHeight = ({ width, height }: Size, wantedWidth: number) => 2 * Math.round((wantedWidth * height) / width / 2);

/**
 * JPEG has no video range: without the conversion black would come out grey. Straight from I420 to I420, videoconvert
 * 1.22 leaves the range as it is; the way over RGB costs 4 ms for a picture of 1280 × 720.
 */
const asJpeg =
  'videoconvert ! video/x-raw,format=RGB ! videoconvert ! video/x-raw,format=I420,colorimetry=1:4:0:0 ! jpegenc quality=80';

/** The newest pictures as files; a reader of the newest one has time until twenty more came. */
const pictureFiles = (name: string, location: string) =>
  `multifilesink name=${name} location=${quote(location)} max-files=20 post-messages=true sync=false async=false`;

export function videoEncoder({
  video,
  videoBitrateKbps,
}: Pick<MediaSetup['encoder'], 'video' | 'videoBitrateKbps'>): string {
  switch (video) {
    case 'vp8-software':
      // One thread: two of libvpx's wait for each other in a spin, at fifteen times the cost for a small picture.
      // Key frames only when asked for: a far decoder that misses something says so (PLI).
      return [
        `vp8enc name=encoder deadline=1 cpu-used=8 threads=1 end-usage=cbr target-bitrate=${videoBitrateKbps * 1000}`,
        'keyframe-max-dist=3000 lag-in-frames=0 error-resilient=default buffer-initial-size=200 buffer-optimal-size=300',
        'buffer-size=500 undershoot=95 min-quantizer=4 max-quantizer=56 static-threshold=10 max-intra-bitrate=400',
        '! identity name=encoded',
      ].join(' ');
    case 'vp8-vaapi':
      return [
        `vaapivp8enc name=encoder rate-control=cbr bitrate=${videoBitrateKbps} keyframe-period=0`,
        '! identity name=encoded',
      ].join(' ');
  }
}

/** A bin with one source pad of I420 frames in the camera's size. `device` is what a USB camera was found to be. */
export function cameraDescription(setup: MediaSetup, device: string | null): string | null {
  const { camera } = setup;
  const fit = `queue leaky=downstream max-size-buffers=2 ! videoconvert ! videoscale ! videorate ! ${filter(pictureCaps(camera))}`;
  switch (camera.kind) {
    case 'pattern':
      return [
        codePicture(camera, { source: 'camera-source', code: 'code', ground: '0xff24303a' }),
        `! textoverlay text=${quote(escapeMarkup(setup.sourceName))} valignment=bottom halignment=center font-desc="${font} 12" draw-shadow=false color=${ivoryArgb}`,
      ].join(' ');
    case 'file':
      return `intervideosrc name=camera-source channel=clip timeout=2000000000 ! ${fit}`;
    case 'usb':
      return device && `${device} name=camera-source ! ${filter(wantedFormats(camera))} ! decodebin ! ${fit}`;
  }
}

/**
 * What a camera is asked for, best first: raw frames of the right size and rate, the same as MJPEG (all that many USB 2
 * cameras can do at full speed), then whatever it has. Without a list pipewiresrc never comes to an agreement.
 */
export function wantedFormats({ width, height, framesPerSecond }: Picture): string {
  const size = `width=${width},height=${height},framerate=${framesPerSecond}/1`;
  return ['video/x-raw', 'image/jpeg']
    .map((type) => `${type},${size}`)
    .concat('video/x-raw', 'image/jpeg')
    .join(';');
}

/**
 * A still ground with a code that runs: cheap to draw and to encode, and readable after both. It is drawn small, a pixel
 * for a module, and magnified: `qroverlay` of GStreamer 1.22 never frees what it drew, at each frame, which would be
 * 12 GB an hour of a picture of 640 by 360.
 */
export function codePicture(picture: Picture, names: { source: string; code: string; ground: string }): string {
  // A code of 25 modules and a quiet zone takes a bit less than two thirds of the picture's height.
  const moduleSize = Math.max(3, Math.floor((picture.height * 0.62) / 33));
  const inModules = (pixels: number) => Math.round(pixels / moduleSize);
  const small = { ...picture, width: inModules(picture.width), height: inModules(picture.height) };
  return [
    `videotestsrc name=${names.source} is-live=true pattern=solid-color foreground-color=${names.ground}`,
    // Each pixel with its own colour: where two by two share one, the magnified code has a brown edge.
    `! ${pictureCaps(small, 'Y444')}`,
    `! qroverlay name=${names.code} qrcode-error-correction=1 x=50 y=46 pixel-size=1`,
    `! videoscale method=nearest-neighbour add-borders=false ! videoconvert ! ${pictureCaps(picture)}`,
  ].join(' ');
}

/** A bin with one source pad of 48 kHz sound. */
export function microphoneDescription(setup: MediaSetup, device: string | null): string {
  const { microphone } = setup;
  const fit = `audioconvert ! audioresample ! ${filter(rawAudio)}`;
  switch (microphone.kind) {
    case 'tone':
      return [
        `audiotestsrc name=microphone-source is-live=true wave=sine freq=${microphone.frequencyHz} volume=${microphone.level}`,
        `samplesperbuffer=480 ! ${filter(rawAudio)}`,
      ].join(' ');
    case 'file':
      return `interaudiosrc name=microphone-source channel=clip ! ${fit}`;
    case 'usb': {
      // Silence keeps the connection's clock and the far jitter buffer alive while no microphone is plugged in.
      const source = device ?? 'audiotestsrc is-live=true wave=silence samplesperbuffer=480';
      const echo = device && microphone.isEchoCancelled ? '! webrtcdsp probe=echo-probe' : '';
      return `${source} name=microphone-source ! ${fit} ${echo}`;
    }
  }
}

/** Plays the clip that stands for camera and microphone into the `clip` channels; a pipeline of its own, for its loop. */
export function clipDescription(path: string): string {
  return [
    `filesrc location=${quote(path)} ! decodebin name=clip`,
    'clip. ! queue ! videoconvert ! intervideosink channel=clip sync=true',
    `clip. ! queue ! audioconvert ! audioresample ! ${rawAudio} ! interaudiosink channel=clip sync=true`,
  ].join(' ');
}

/** `latency` gives tiles time to arrive; `min-upstream-latency` leaves room for a jitter buffer that comes later. */
const mixing = (latencyMs: number, upstreamMs: number) =>
  `start-time-selection=first force-live=true ignore-inactive-pads=true latency=${latencyMs * 1_000_000} min-upstream-latency=${upstreamMs * 1_000_000}`;

export type StageLatency = { mixMs: number; upstreamMs: number };

export function stageDescription(setup: MediaSetup, speaker: string, latency: StageLatency): string {
  const { display } = setup;
  return [
    `compositor name=compositor background=black ${mixing(latency.mixMs, latency.upstreamMs)}`,
    `! ${pictureCaps(display)} ! ${watermarkDescription('display', display)} ! queue max-size-time=1000000000 max-size-buffers=30 max-size-bytes=0 ! ${displaySink(display, { name: 'display', xDisplay: setup.xDisplay, previewFolder: setup.previewFolder })}`,
    `audiomixer name=mixer ${mixing(latency.mixMs, latency.upstreamMs)} output-buffer-duration=10000000 ! ${rawAudio} ! volume name=speaker-volume`,
    `${isEchoProbed(setup) ? '! webrtcechoprobe name=echo-probe' : ''} ! level name=speaker-level interval=100000000 post-messages=true`,
    `! ${speakerSink(setup, speaker)}`,
    `audiotestsrc is-live=true wave=silence samplesperbuffer=480 ! ${rawAudio} ! mixer.`,
    ...contentDisplayDescription(setup, latency),
  ].join(' ');
}

/** The second display, with a ground of its own that sets its pace: see `groundDescription`. */
function contentDisplayDescription({ contentDisplay, previewFolder }: MediaSetup, latency: StageLatency): string[] {
  if (!contentDisplay) return [];
  const xDisplay = contentDisplay.kind === 'x11' ? contentDisplay.xDisplay : null;
  return [
    `compositor name=content-compositor background=black ${mixing(latency.mixMs, latency.upstreamMs)}`,
    `! ${pictureCaps(contentDisplay)} ! ${watermarkDescription('content', contentDisplay)} ! queue max-size-time=1000000000 max-size-buffers=30 max-size-bytes=0`,
    `! ${displaySink(contentDisplay, { name: 'content', xDisplay, previewFolder })}`,
    `videotestsrc is-live=true pattern=solid-color foreground-color=${groundArgb} ! ${pictureCaps(contentDisplay)} ! content-compositor.`,
  ];
}

const isEchoProbed = ({ microphone }: MediaSetup) => microphone.kind === 'usb' && microphone.isEchoCancelled;

/** Pango counts in points of 1/72 inch at 96 dpi. */
function pointSize(px: number): number {
  return Math.max(6, Math.round(px * 0.75));
}

/**
 * The display draws each composed frame as it comes: the compositor keeps the pace, and waiting for the full latency of
 * the slowest voice would make every picture late. Sound may follow its picture by a tenth of a second unnoticed
 * (ITU-R BT.1359).
 */
function displaySink(
  display: MediaSetup['display'] | NonNullable<MediaSetup['contentDisplay']>,
  { name, xDisplay, previewFolder }: { name: 'display' | 'content'; xDisplay: string | null; previewFolder: string },
): string {
  switch (display.kind) {
    case 'virtual':
      return [
        `tee name=${name}-shown ! queue max-size-time=1000000000 ! fakesink name=${name} sync=false`,
        `${name}-shown. ! queue leaky=downstream max-size-buffers=1 ! videorate drop-only=true`,
        `! video/x-raw,framerate=${display.previewsPerSecond}/1 ! ${asJpeg}`,
        `! ${pictureFiles(`${name}-pictures`, `${previewFolder}/${name}-%05d.jpg`)}`,
      ].join(' ');
    case 'x11':
      return `videoconvert ! ximagesink name=${name} sync=false ${xDisplay ? `display=${quote(xDisplay)}` : ''}`;
    case 'wayland':
      return `videoconvert ! waylandsink name=${name} sync=false fullscreen=true`;
    case 'kms':
      return `videoconvert ! kmssink name=${name} sync=false`;
  }
}

function speakerSink({ speakerRecording }: MediaSetup, speaker: string): string {
  const play = `queue max-size-time=1000000000 ! ${speaker} name=speaker sync=true`;
  if (!speakerRecording) return play;
  return [
    `tee name=heard ! ${play}`,
    `heard. ! queue max-size-time=1000000000 ! filesink location=${quote(speakerRecording)} sync=false async=false buffer-mode=unbuffered`,
  ].join(' ');
}

/**
 * RTP does not say how long a frame lasts, and the compositor would hold each one back until it has seen the next: a frame
 * of delay. One that lasts longer than this is repeated.
 */
function withFrameLength(type: string): string {
  return `capssetter caps=${type},framerate=30/1`;
}

/**
 * Decoders by RTP encoding name: what the far end may send. After a loss a picture stands still until a key frame comes
 * (asked for by `createKeyFrameWatch`), which is easier to look at than a picture in pieces.
 */
const videoDecoders: Readonly<Record<string, string>> = {
  VP8: `rtpvp8depay wait-for-keyframe=true ! ${withFrameLength('video/x-vp8')} ! vp8dec threads=1`,
  VP9: `rtpvp9depay wait-for-keyframe=true ! ${withFrameLength('video/x-vp9')} ! vp9dec threads=1`,
  H264: `rtph264depay wait-for-keyframe=true ! ${withFrameLength('video/x-h264')} ! avdec_h264`,
};

/** A bin from RTP to raw frames that waits to be composed; null when the encoding is unknown. */
export function videoTileDescription(encoding: string): string | null {
  const decoder = videoDecoders[encoding];
  if (!decoder) return null;
  return [
    `valve name=hold ! ${decoder} ! identity name=decoded`,
    `! queue leaky=downstream max-size-buffers=3 max-size-bytes=0 max-size-time=0 ! videoconvert`,
    `! textoverlay name=label text="" halignment=left valignment=bottom shaded-background=true shading-value=170 draw-shadow=false draw-outline=false color=${ivoryArgb} font-desc="${font} 14"`,
  ].join(' ');
}

export function voiceDescription(encoding: string): string | null {
  if (encoding !== 'OPUS') return null;
  return [
    'valve name=hold ! rtpopusdepay ! opusdec use-inband-fec=true plc=true ! audioconvert ! audioresample',
    `! ${rawAudio} ! queue max-size-time=500000000 max-size-buffers=0 max-size-bytes=0`,
  ].join(' ');
}

const line = (text: string, px: number, position: string) =>
  [
    `! textoverlay text=${quote(escapeMarkup(text))} auto-resize=false draw-shadow=false draw-outline=false color=${ivoryArgb}`,
    `halignment=center ${position} line-alignment=center wrap-mode=wordchar font-desc="${font} ${pointSize(px)}"`,
  ].join(' ');

/**
 * The ground below all tiles; two lines on it while nobody else is there. It is a live source at the display's pace,
 * because it sets the pace: a compositor whose sources are all ready composes as fast as it can.
 */
export function groundDescription({ title, detail }: { title: string; detail: string }, display: Picture): string {
  const { height } = display;
  return [
    `videotestsrc is-live=true pattern=solid-color foreground-color=${groundArgb} ! ${pictureCaps(display)}`,
    line(title, height * 0.085, 'valignment=position ypos=0.42'),
    line(detail, height * 0.042, 'valignment=position ypos=0.56'),
  ].join(' ');
}

/**
 * What stands in the tile of somebody who shows no picture: the name on a plain surface. One frame, which the compositor
 * repeats (`repeat-after-eos`), so that it costs nothing once it is drawn.
 */
export function plateDescription(name: string, size: Size, namePx: number): string {
  return [
    `videotestsrc num-buffers=1 pattern=solid-color foreground-color=${surfaceArgb} ! ${pictureCaps({ ...size, framesPerSecond: 1 })}`,
    line(name, namePx, 'valignment=center'),
  ].join(' ');
}

/** A call in small, from a drawn camera through both codecs to a labelled tile: see `createRehearsal`. */
export function rehearsalDescription(): string {
  const picture = { width: 320, height: 180, framesPerSecond: 30 };
  return [
    `videotestsrc num-buffers=3 ! ${pictureCaps(picture)} ! qroverlay data=rehearsal ${line('Aa 会议', 20, 'valignment=center')}`,
    `! vp8enc deadline=1 cpu-used=8 ! rtpvp8pay ! ${videoDecoders.VP8} ! queue ! videoconvert`,
    `${line('Aa 会议', 20, 'valignment=center')} ! jpegenc ! fakesink`,
    `audiotestsrc num-buffers=3 ! ${rawAudio} ! opusenc ! rtpopuspay ! rtpopusdepay ! opusdec ! audioconvert ! audioresample ! fakesink`,
  ].join(' ');
}
