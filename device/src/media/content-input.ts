import { existsSync } from 'node:fs';
import { popBus } from './bus.ts';
import { type ContentDevices, contentInputDescription } from './content-graph.ts';
import { type FoundDevice, findByName } from './devices.ts';
import type { Gst, GstClock, GstPipeline } from './gst.ts';
import type { MediaSetup } from './setup.ts';

export type ContentInputDeps = {
  gst: Gst;
  setup: MediaSetup;
  clock: GstClock;
  baseTime: bigint;
  /** Everything that is plugged in. */
  devices(): readonly FoundDevice[];
  /** A laptop was plugged in or pulled out; also told once at the start. */
  onChange(isPluggedIn: boolean): void;
  onFault(detail: string): void;
};

export type ContentInput = ReturnType<typeof createContentInput>;

const lookEveryMs = 250;
const codeEveryMs = 500;
/** A device that does not work counts as not plugged in until it is tried again. */
const failedForMs = 2_000;

/**
 * What a laptop is plugged into: says whether one is, and opens the device as long as somebody wants to see it. It does
 * not know who that is.
 */
export function createContentInput(deps: ContentInputDeps) {
  const { gst, setup, clock, baseTime, devices, onChange, onFault } = deps;
  const input = setup.contentInput;
  let told: boolean | null = null;
  let pipeline: GstPipeline | null = null;
  let isWanted = false;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let failedUntilMs = Number.NEGATIVE_INFINITY;
  let code = 0;
  let codeAtMs = 0;

  function find(): ContentDevices | null {
    if (input?.kind !== 'capture') return null;
    const picture = findByName(devices(), 'camera', input.name);
    const sound = findByName(devices(), 'microphone', input.soundName);
    return picture && { picture: picture.description, sound: sound?.description ?? null };
  }

  function isThere(nowMs: number): boolean {
    if (!input || nowMs < failedUntilMs) return false;
    return input.kind === 'pattern' ? existsSync(setup.laptopFile) : find() !== null;
  }

  function look(nowMs: number): void {
    lookedAtMs = nowMs;
    const isPluggedIn = isThere(nowMs);
    if (!isPluggedIn) close();
    if (isPluggedIn && isWanted && !pipeline) open(nowMs);
    if (isPluggedIn === told || nowMs < failedUntilMs) return;
    told = isPluggedIn;
    onChange(isPluggedIn);
  }

  function open(nowMs: number): void {
    const description = input && contentInputDescription(input, find());
    if (!description) return;
    try {
      pipeline = gst.parseLaunch(description);
      pipeline.useClock(clock);
      pipeline.setStartTime(gst.CLOCK_TIME_NONE);
      pipeline.setBaseTime(baseTime);
      if (pipeline.setState(gst.State.PLAYING) === gst.StateChangeReturn.FAILURE) fail(nowMs, 'it does not start');
    } catch (cause) {
      fail(nowMs, cause instanceof Error ? cause.message : String(cause));
    }
  }

  function close(): void {
    pipeline?.setState(gst.State.NULL);
    pipeline = null;
  }

  function fail(nowMs: number, detail: string): void {
    close();
    failedUntilMs = nowMs + failedForMs;
    onFault(`content input: ${detail}`);
    if (told === false) return;
    told = false;
    onChange(false);
  }

  function readBus(nowMs: number): void {
    if (!pipeline) return;
    const ends = popBus(gst, pipeline.getBus()).flatMap((event) => {
      if (event.type === 'element') return [];
      return [event.type === 'error' ? event.detail : 'it has ended'];
    });
    if (ends[0] !== undefined) fail(nowMs, ends[0]);
  }

  function drawCode(nowMs: number): void {
    if (!pipeline || input?.kind !== 'pattern' || nowMs - codeAtMs < codeEveryMs) return;
    codeAtMs = nowMs;
    code += 1;
    const overlay = pipeline.getByName('laptop-code');
    if (overlay) gst.utilSetObjectArg(overlay, 'data', `LAPTOP ${code}`);
  }

  return {
    /** Whether somebody wants to see it: it is open only then. */
    want(next: boolean, nowMs: number): void {
      isWanted = next;
      if (next) look(nowMs);
      else close();
    },
    /** Something was plugged in or pulled out. */
    lookAgain: look,
    tick(nowMs: number): void {
      if (!input) return;
      readBus(nowMs);
      drawCode(nowMs);
      // Devices say themselves when they come and go; a file does not.
      const isDue = input.kind === 'pattern' || told === null || failedUntilMs > 0;
      if (isDue && nowMs - lookedAtMs >= lookEveryMs) look(nowMs);
    },
    stop: close,
  };
}
