import type { Gst, GstBin, GstElement, GstPad, GstPipeline } from './gst.ts';

/** One stream's way from a connection into the compositor or the mixer. */
export interface Branch {
  readonly mixerPad: GstPad;
  /** Element of the branch by its name in the description. */
  find(name: string): GstElement;
  set(element: string, property: string, value: string): void;
  setPad(property: string, value: string | number): void;
  /** Frames that the element called `counter` let through; 0 when the branch counts none. */
  countFrames(counter: string): number;
  remove(): void;
}

export type BranchDeps = {
  gst: Gst;
  pipeline: GstPipeline;
  mixer: GstElement;
  description: string;
  /** Where the stream comes from; null when the branch has a source of its own. */
  source: GstPad | null;
  /** Properties of the mixer's pad before any frame reaches it. */
  padProperties: Readonly<Record<string, string | number>>;
  /** Running time at which a source of the branch's own begins, in nanoseconds; received streams bring their own. */
  startsAt: bigint;
};

/** Builds and links at once: called inside `pad-added`, while the thread that brings the stream waits. */
export function createBranch({
  gst,
  pipeline,
  mixer,
  description,
  source,
  padProperties,
  startsAt,
}: BranchDeps): Branch {
  const bin = parseBin(gst, description, source ? 'hold' : null);
  pipeline.add(bin);
  const mixerPad = required(mixer.requestPadSimple('sink_%u'), 'mixer pad');
  const setPad = (property: string, value: string | number) => gst.utilSetObjectArg(mixerPad, property, String(value));
  for (const [property, value] of Object.entries(padProperties)) setPad(property, value);
  const output = required(bin.getStaticPad('src'), 'source pad of the branch');
  if (startsAt > 0n) output.setOffset(startsAt);
  link(gst, output, mixerPad);
  bin.syncStateWithParent();
  if (source) link(gst, source, required(bin.getStaticPad('sink'), 'sink pad of the branch'));
  const find = (name: string) => required(bin.getByName(name), name);

  return {
    mixerPad,
    find,
    set: (element, property, value) => gst.utilSetObjectArg(find(element), property, value),
    setPad,
    countFrames: (counter) => Number(find(counter).stats?.getUint64('num-buffers')[1] ?? 0n),
    remove() {
      bin.setState(gst.State.NULL);
      mixer.releaseRequestPad(mixerPad);
      pipeline.remove(bin);
    },
  };
}

/**
 * A bin with its open source pad as `src` and, if `entry` names an element, that one's as `sink`. Not left to GStreamer:
 * it would offer the text pad of `textoverlay` too, which then waits for text that never comes.
 */
export function parseBin(gst: Gst, description: string, entry: string | null): GstBin {
  const bin = gst.parseBinFromDescription(description, false);
  bin.addPad(gst.GhostPad.new('src', required(bin.findUnlinkedPad(gst.PadDirection.SRC), 'open end of a branch')));
  if (entry) {
    const pad = required(bin.getByName(entry)?.getStaticPad('sink'), `sink pad of ${entry}`);
    bin.addPad(gst.GhostPad.new('sink', pad));
  }
  return bin;
}

export function link(gst: Gst, source: GstPad, sink: GstPad): void {
  const result = source.link(sink);
  if (result !== gst.PadLinkReturn.OK) {
    throw new Error(`pads ${source.getName()} and ${sink.getName()} do not link (${result})`);
  }
}

export function required<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`GStreamer has no ${what}`);
  return value;
}
