import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import type { MediaState, MeetingView } from '@anteroom/shared/signalling/messages.ts';
import {
  createMeetingClient,
  type MeetingClient,
  type MeetingClientState,
} from '@anteroom/ui/signalling/meeting-client.ts';
import { createHostile } from './hostile.ts';
import { colourOf, openScreen } from './screen.ts';

// The page of the signalling tests: the real browser client with Chromium's own camera and microphone, and a video
// element for each remote participant, so that frames are decoded and shown as they are for a person.

export type PageJoin = { url: string; ticket: string; media: MediaState; isWatching: boolean };

declare global {
  interface Window {
    rehearsal: typeof rehearsal;
  }
}

let client: MeetingClient | null = null;
let camera: MediaStream | null = null;
/** The video element of what is shared; others have the id of their participant. */
const contentId = 'content';
/** Loudness of the tone that stands for a voice. */
let voice: GainNode | null = null;
const phases: string[] = [];
const analysers = new Map<string, AnalyserNode>();

const rehearsal = {
  async openCamera({ width, height }: { width: number; height: number }): Promise<void> {
    camera = await navigator.mediaDevices.getUserMedia({ video: { width, height, frameRate: 15 } });
    for (const track of openVoice().getTracks()) camera.addTrack(track);
  },
  join({ url, ticket, media, isWatching }: PageJoin): void {
    const onState = (state: MeetingClientState) => {
      phases.push(state.phase === 'joined' && state.isReconnecting ? 'reconnecting' : state.phase);
      show(state);
    };
    client = createMeetingClient({ url, ticket, media, localStream: isWatching ? null : camera, onState });
  },
  /** Begins to send after having only watched. */
  async showUp(): Promise<void> {
    await rehearsal.openCamera({ width: 640, height: 360 });
    client?.setLocalStream(camera);
    client?.setMedia({ isMicrophoneOn: true, isCameraOn: true });
  },
  speak(isSpeaking: boolean): void {
    if (voice) voice.gain.value = isSpeaking ? 0.5 : 0;
  },
  setMedia(media: MediaState): void {
    client?.setMedia(media);
  },
  setView(view: MeetingView): void {
    client?.setView(view);
  },
  leave(): void {
    client?.leave();
  },
  state() {
    const state = client?.state() ?? null;
    if (state?.phase !== 'joined') return state;
    // Streams do not cross to the test.
    const { remotes, content: _content, share, ...rest } = state;
    const end = share.phase === 'off' ? share.end : null;
    return { ...rest, remotes: [...remotes.keys()], share: { phase: share.phase, end } };
  },
  phases: () => [...phases],
  stats: () => client?.stats(),
  network: () => client?.network.state(),
  control: (action: ControlAction) => client?.control(action),
  /** Shares a picture in one colour with a tone. */
  share: (colour: string, takesOver: boolean) => client?.share(openScreen(colour), { takesOver }),
  stopSharing: () => client?.stopSharing(),
  /** What is shown of the content now; null when there is none. */
  contentColour(): [number, number, number] | null {
    const video = document.getElementById(contentId);
    return video instanceof HTMLVideoElement ? colourOf(video) : null;
  },
  /** A client in this page that ignores whatever it is told. */
  hostile: createHostile(),
  /** How loud somebody is here, 0…1, over the last moment. */
  loudness(participantId: string): number {
    const analyser = analyserOf(participantId);
    if (!analyser) return 0;
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return Math.max(...samples.map(Math.abs));
  },
  /** Lines of somebody's picture as it is decoded here; 0 before it is. */
  linesOf(participantId: string): number {
    const video = document.getElementById(participantId);
    return video instanceof HTMLVideoElement ? video.videoHeight : 0;
  },
  /** Whether somebody's video is forwarded to this page. */
  hasPicture(participantId: string): boolean {
    const video = document.getElementById(participantId);
    const stream = video instanceof HTMLVideoElement ? video.srcObject : null;
    return stream instanceof MediaStream && stream.getVideoTracks().length > 0;
  },
  /** Pixels and loudness that really arrive: frames presented by each video element so far. */
  shown(): Record<string, number> {
    const videos = [...document.querySelectorAll('video')];
    return Object.fromEntries(videos.map((video) => [video.id, video.getVideoPlaybackQuality().totalVideoFrames]));
  },
};

function openVoice(): MediaStream {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 440 });
  const microphone = new MediaStreamAudioDestinationNode(context);
  voice = new GainNode(context, { gain: 0 });
  tone.connect(voice).connect(microphone);
  tone.start();
  return microphone.stream;
}

/** Measures the sound that comes from somebody; null while none of their tracks is here. */
function analyserOf(participantId: string): AnalyserNode | null {
  const video = document.getElementById(participantId);
  const stream = video instanceof HTMLVideoElement && video.srcObject instanceof MediaStream ? video.srcObject : null;
  const track = stream?.getAudioTracks()[0];
  if (!track) return null;
  const known = analysers.get(track.id);
  if (known) return known;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 8192 });
  new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser);
  analysers.set(track.id, analyser);
  return analyser;
}

function show(state: MeetingClientState): void {
  const streams = new Map<string, MediaStream>(state.phase === 'joined' ? state.remotes : []);
  if (state.phase === 'joined' && state.content) streams.set(contentId, state.content);
  for (const video of document.querySelectorAll('video')) if (!streams.has(video.id)) video.remove();
  for (const [id, stream] of streams) {
    if (document.getElementById(id)) continue;
    const video = document.createElement('video');
    video.id = id;
    video.autoplay = true;
    video.muted = true;
    video.srcObject = stream;
    document.body.append(video);
  }
}

window.rehearsal = rehearsal;
