import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { SubscribedStream } from '@anteroom/shared/signalling/messages.ts';
import type { StageCaption, StageParticipant } from '../ports/media.ts';
import { type Branch, createBranch, required } from './branch.ts';
import { createFirstFrameWatch } from './first-frame.ts';
import {
  escapeMarkup,
  groundDescription,
  plateDescription,
  type Size,
  type StageLatency,
  stageDescription,
  videoTileDescription,
  voiceDescription,
} from './graph.ts';
import type { GstBus, GstClock, GstElement, GstPad, Gstreamer } from './gst.ts';
import { createKeyFrameWatch } from './key-frames.ts';
import { layoutBesideContent, layoutTiles, type Tile } from './layout.ts';
import { type BoardTile, createOwnContent } from './own-content.ts';
import type { MediaSetup } from './setup.ts';
import {
  type ContentPlan,
  maxTiles,
  mostBesideContent,
  planContent,
  planTiles,
  type TilePlan,
  type VideoFlow,
} from './tiles.ts';
import { watermarkTexts } from './watermark.ts';

/** Measured: less than this shows torn tiles when a stream's frames bunch up, more is delay that people notice. */
const latency: StageLatency = { mixMs: 30, upstreamMs: 60 };
const plateSize = { width: 640, height: 360 };
/** Height of the name on a plate of that size: larger on tiles beside content, where it would be too small to read. */
const plateNamePx = { usual: 36, onSmallTile: 58 };

export type StageDeps = {
  gstreamer: Gstreamer;
  setup: MediaSetup;
  /** Description of the speaker's sink element. */
  speaker: string;
  clock: GstClock;
  baseTime: bigint;
  onFirstFrame(participantId: ParticipantId, atMs: number): void;
  monotonicMs(): number;
};

/** Properties of a compositor's pad until its tile is placed. */
const wholeOf = ({ width, height }: { width: number; height: number }) => ({
  ...{ zorder: 2, 'sizing-policy': 'keep-aspect-ratio', width, height },
});

export type Stage = ReturnType<typeof createStage>;

/** The composed picture and the mixed sound. It knows tiles and streams, and nothing of connections. */
export function createStage(deps: StageDeps) {
  const { gstreamer, setup, speaker, clock, baseTime, onFirstFrame, monotonicMs } = deps;
  const { gst } = gstreamer;
  const { display } = setup;
  const gap = Math.round(display.height / 90);
  const pipeline = gst.parseLaunch(stageDescription(setup, speaker, latency));
  pipeline.useClock(clock);
  pipeline.setStartTime(gst.CLOCK_TIME_NONE);
  pipeline.setBaseTime(baseTime);
  const bus: GstBus = pipeline.getBus();
  const named = (name: string) => required(pipeline.getByName(name), name);
  const compositor = named('compositor');
  const { contentDisplay } = setup;
  /** Where content goes: a display of its own, or large on the one that people are on. */
  const contentScreen = contentDisplay
    ? { compositor: named('content-compositor'), size: contentDisplay }
    : { compositor, size: display };
  const mixer = named('mixer');
  const sink = named('display');
  const videos = new Map<string, Branch>();
  const voices = new Map<string, Branch>();
  const plates = new Map<ParticipantId, { branch: Branch; name: string; namePx: number }>();
  const flows = new Map<string, VideoFlow>();
  const tileSinceMs = new Map<ParticipantId, number>();
  const applied = new Map<string, string>();
  let roster: readonly StageParticipant[] = [];
  let streams: readonly SubscribedStream[] = [];
  let caption: StageCaption = { title: '', detail: '' };
  let ground: Branch | null = null;
  let isOpen = false;

  const ownContent = createOwnContent({
    ...{ contentInput: setup.contentInput, screen: contentScreen.size, onReplaced: forget },
    addPicture(description, { isStill }) {
      const whole = wholeOf(contentScreen.size);
      return isStill
        ? addOwn(contentScreen.compositor, description, { ...whole, 'repeat-after-eos': 'true' }, runningTime())
        : addOwn(contentScreen.compositor, description, whole, 0n);
    },
    addSound: (description) => addOwn(mixer, description, {}, 0n),
  });

  const firstFrames = createFirstFrameWatch({
    frames: (mid) => videos.get(mid)?.countFrames('decoded') ?? 0,
    sink,
    runningTime,
    monotonicMs,
    onFirstFrame,
  });

  const keyFrames = createKeyFrameWatch({
    frames: (mid) => videos.get(mid)?.countFrames('decoded') ?? 0,
    isExpected(mid) {
      const stream = streamOf(mid);
      if (stream === undefined || stream.source === 'content') return stream !== undefined;
      return roster.find(({ participantId }) => participantId === stream.participantId)?.isCameraOn ?? true;
    },
    isContent: (mid) => streamOf(mid)?.source === 'content',
    ask: gstreamer.requestKeyFrame,
  });

  function runningTime(): bigint {
    return clock.getTime() - baseTime;
  }

  function streamOf(mid: string): SubscribedStream | undefined {
    return streams.find((stream) => stream.mid === mid);
  }

  function readFlows(nowMs: number): void {
    for (const [mid, branch] of videos) {
      const frames = branch.countFrames('decoded');
      const before = flows.get(mid);
      const isNew = frames > (before?.frames ?? 0);
      flows.set(mid, { mid, frames, lastFrameAtMs: isNew ? nowMs : (before?.lastFrameAtMs ?? null) });
    }
  }

  /** Sets a property only when its value is another than last time: each set costs a new plan in the compositor. */
  function applyOnce(key: string, value: string, set: () => void): void {
    if (applied.get(key) === value) return;
    applied.set(key, value);
    set();
  }

  function place(key: string, branch: Branch, tile: Tile, alpha: number): void {
    applyOnce(key, `${tile.x} ${tile.y} ${tile.width} ${tile.height} ${alpha}`, () => {
      for (const [property, value] of [
        ['xpos', tile.x],
        ['ypos', tile.y],
        ['width', tile.width],
        ['height', tile.height],
        ['alpha', alpha],
      ] as const) {
        branch.setPad(property, value);
      }
    });
  }

  /** Brings the compositor in line with who is there; called on every change and four times a second. */
  function arrange(): void {
    if (!isOpen) return;
    const nowMs = monotonicMs();
    readFlows(nowMs);
    ownContent.settle();
    const content = ownContent.content() ?? planContent(roster, streams);
    const mostTiles = content && !contentDisplay ? mostBesideContent : maxTiles;
    const plan = planTiles(roster, streams, flows, tileSinceMs, nowMs).slice(0, mostTiles);
    const tiles = arrangeContent(content, plan.length);
    plan.forEach((entry, index) => {
      const tile = tiles[index];
      if (tile) arrangeTile(entry, tile, nowMs);
    });
    const shown = new Set([content?.mid, ...plan.map(({ mid }) => mid)]);
    for (const [mid, branch] of videos) {
      if (!shown.has(mid)) applyOnce(`video ${mid}`, 'hidden', () => branch.setPad('alpha', 0));
    }
    const present = new Set(plan.map(({ participantId }) => participantId));
    for (const [participantId, plate] of plates)
      if (!present.has(participantId)) dropPlate(participantId, plate.branch);
    for (const participantId of tileSinceMs.keys()) if (!present.has(participantId)) tileSinceMs.delete(participantId);
    const isEmpty = plan.length === 0 && (!content || contentDisplay !== null);
    arrangeGround(isEmpty ? caption : { title: '', detail: '' });
  }

  /** Gives what is shared its place; returns the places that are left for people. */
  function arrangeContent(content: ContentPlan | null, people: number): Tile[] {
    if (!content) return layoutTiles(people, display, gap);
    const tiles = layoutBesideContent(contentDisplay ? 0 : people, contentScreen.size, gap);
    arrangeVideo(content.mid, content.label, tiles.content, { alpha: 1, screen: contentScreen.size });
    return contentDisplay ? layoutTiles(people, display, gap) : tiles.people;
  }

  function arrangeGround(words: StageCaption): void {
    applyOnce('ground', `${words.title}\n${words.detail}`, () => {
      const before = ground;
      ground = addOwn(compositor, groundDescription(words, display), { zorder: 0 }, 0n);
      before?.remove();
    });
  }

  /** A branch whose pictures are made here. */
  function addOwn(
    into: GstElement,
    description: string,
    padProperties: Readonly<Record<string, string | number>>,
    startsAt: bigint,
  ): Branch {
    return createBranch({ gst, pipeline, mixer: into, description, source: null, padProperties, startsAt });
  }

  function arrangeVideo(
    mid: string,
    label: string,
    tile: Tile,
    { alpha, screen }: { alpha: number; screen: { width: number } },
  ): void {
    const video = ownContent.picture(mid) ?? videos.get(mid);
    if (!video) return;
    place(`video ${mid}`, video, tile, alpha);
    applyOnce(`name ${mid}`, label, () => video.set('label', 'text', escapeMarkup(label)));
    // The label is drawn before scaling, in a frame taken as 640 wide: its size on the display stays the same, but on
    // tiles too narrow for it.
    const px = Math.min(0.0205 * screen.width, 0.09 * tile.width);
    const points = Math.round(((px * 640) / tile.width) * 0.75);
    applyOnce(`font ${mid}`, String(points), () =>
      video.set('label', 'font-desc', `Hanken Grotesk, Noto Sans CJK SC, DejaVu Sans ${points}`),
    );
  }

  function arrangeTile(
    { participantId, name, mid, isPictureShown, isPlateShown }: TilePlan,
    tile: Tile,
    nowMs: number,
  ): void {
    if (!tileSinceMs.has(participantId)) tileSinceMs.set(participantId, nowMs);
    // A picture that has not come yet is opaque already: its first frame must not wait for the next look at it.
    const hasCome = mid !== null && (flows.get(mid)?.lastFrameAtMs ?? null) !== null;
    if (mid !== null) arrangeVideo(mid, name, tile, { alpha: isPictureShown || !hasCome ? 1 : 0, screen: display });
    const namePx = tile.width < display.width / 4 ? plateNamePx.onSmallTile : plateNamePx.usual;
    let plate = plates.get(participantId);
    if (plate && (plate.name !== name || plate.namePx !== namePx)) {
      dropPlate(participantId, plate.branch);
      plate = undefined;
    }
    if (!plate && isPlateShown) {
      const properties = { zorder: 1, alpha: 0, 'repeat-after-eos': 'true' };
      const branch = addOwn(compositor, plateDescription(name, plateSize, namePx), properties, runningTime());
      plate = { branch, name, namePx };
      plates.set(participantId, plate);
    }
    if (plate) place(`plate ${participantId}`, plate.branch, tile, isPlateShown ? 1 : 0);
  }

  function drawWatermark(shownOn: string, size: Size, name: string | null): void {
    for (const [element, text] of watermarkTexts(shownOn, name ?? '', size)) {
      gst.utilSetObjectArg(named(element), 'text', text);
      gst.utilSetObjectArg(named(element), 'silent', String(name === null));
    }
  }

  /** A branch that is new has none of the properties that were set on the one before. */
  function forget(mid: string): void {
    for (const key of ['video', 'name', 'font', 'hold']) applied.delete(`${key} ${mid}`);
  }

  function dropPlate(participantId: ParticipantId, branch: Branch): void {
    branch.remove();
    plates.delete(participantId);
    applied.delete(`plate ${participantId}`);
  }

  return {
    pipeline,
    bus,
    get isOpen() {
      return isOpen;
    },
    /** Begins to draw and to play. A stage that is not open costs memory only. */
    open(): void {
      if (isOpen) return;
      isOpen = true;
      // Without a pad the compositor has nothing to start from.
      arrange();
      if (pipeline.setState(gst.State.PLAYING) === gst.StateChangeReturn.FAILURE) {
        throw new Error(`display ${display.kind} or speaker ${setup.speaker.kind} does not start`);
      }
    },
    /** Called inside `pad-added`. */
    attach(kind: 'audio' | 'video', mid: string, pad: GstPad, encoding: string): void {
      const description = kind === 'video' ? videoTileDescription(encoding) : voiceDescription(encoding);
      if (!description) throw new Error(`the far end sends ${encoding}, which no decoder here takes`);
      // Whose stream it is was told before it came; a line that is used for another kind brings a new pad.
      const screen = streamOf(mid)?.source === 'content' ? contentScreen : { compositor, size: display };
      const branch = createBranch({
        ...{ gst, pipeline, description, source: pad, startsAt: 0n },
        mixer: kind === 'video' ? screen.compositor : mixer,
        padProperties: kind === 'video' ? wholeOf(screen.size) : {},
      });
      // A line that is used again brings its new stream on a new pad.
      const branches = kind === 'video' ? videos : voices;
      const before = branches.get(mid);
      branches.set(mid, branch);
      forget(mid);
      flows.delete(mid);
      // Whose stream it is was told before it came; somebody whose media began anew is seen for the first time again.
      const owner = kind === 'video' ? streamOf(mid)?.participantId : undefined;
      if (owner) firstFrames.expect(mid, owner);
      if (kind === 'video') keyFrames.watch(mid, pad, monotonicMs());
      if (before) setImmediate(() => before.remove());
      // Tiles are placed once this call is over: the thread that brings the stream waits for it.
      setImmediate(arrange);
    },
    setStreams(next: readonly SubscribedStream[]): void {
      for (const { mid, kind, participantId, source } of next) {
        const before = streamOf(mid);
        const isSame = before?.participantId === participantId && before.source === source;
        if (kind === 'video' && !isSame) {
          flows.set(mid, { mid, frames: videos.get(mid)?.countFrames('decoded') ?? 0, lastFrameAtMs: null });
          firstFrames.expect(mid, participantId);
        }
      }
      streams = next;
      const wanted = new Set(next.map(({ mid }) => mid));
      // Whoever is no longer subscribed to sends nothing; the branch waits for its line to be used again.
      for (const [mid, branch] of [...videos, ...voices]) {
        const isHeld = String(!wanted.has(mid));
        applyOnce(`hold ${mid}`, isHeld, () => branch.set('hold', 'drop', isHeld));
      }
      arrange();
    },
    setRoster(next: readonly StageParticipant[]): void {
      roster = next;
      arrange();
    },
    setVolume(volumePercent: number): void {
      // Loudness is heard as the cube root of amplitude (GstStreamVolume calls this scale cubic).
      gst.utilSetObjectArg(named('speaker-volume'), 'volume', ((volumePercent / 100) ** 3).toFixed(6));
    },
    /** Over everything on every display; null takes it away. */
    setWatermark(name: string | null): void {
      drawWatermark('display', display, name);
      if (contentDisplay) drawWatermark('content', contentDisplay, name);
    },
    setCaption(next: StageCaption): void {
      caption = next;
      arrange();
    },
    /** What is plugged in here takes the place of what somebody shares, and is heard; null takes it away. */
    showInput(label: string | null): void {
      ownContent.showInput(label);
      arrange();
    },
    /** The meeting's whiteboard in the place of what is shared; null takes it away. */
    showBoard(tile: BoardTile | null): void {
      ownContent.showBoard(tile);
      arrange();
    },
    arrange,
    tick: keyFrames.tick,
    /** Drops every stream; the connection that brought them is at NULL already. */
    clear(): void {
      firstFrames.clear();
      keyFrames.clear();
      for (const branch of [...videos.values(), ...voices.values()]) branch.remove();
      for (const map of [videos, voices, flows]) map.clear();
      for (const key of applied.keys()) if (/^(video|name|font|hold) /.test(key)) applied.delete(key);
      streams = [];
      arrange();
    },
    stats() {
      const received: Record<string, number> = {};
      for (const { mid, kind, participantId, source } of streams) {
        if (kind === 'video' && source === 'camera')
          received[participantId] = videos.get(mid)?.countFrames('decoded') ?? 0;
      }
      return {
        framesRendered: Number(sink.stats?.getUint64('rendered')[1] ?? 0n),
        framesDropped: Number(sink.stats?.getUint64('dropped')[1] ?? 0n),
        framesReceived: received,
      };
    },
    stop(): void {
      firstFrames.clear();
      pipeline.setState(gst.State.NULL);
    },
  };
}
