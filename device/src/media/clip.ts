import { popBus } from './bus.ts';
import { clipDescription } from './graph.ts';
import type { Gst } from './gst.ts';

/** Plays the clip that stands for camera and microphone, again and again, into the channels that the sources read. */
export function createClip(gst: Gst, path: string, onFault: (detail: string) => void) {
  const pipeline = gst.parseLaunch(clipDescription(path));
  const bus = pipeline.getBus();
  return {
    play(): void {
      pipeline.setState(gst.State.PLAYING);
    },
    tick(): void {
      for (const event of popBus(gst, bus)) {
        if (event.type === 'error') onFault(`clip ${path}: ${event.detail}`);
        if (event.type === 'end')
          pipeline.seekSimple(gst.Format.TIME, gst.SeekFlags.FLUSH + gst.SeekFlags.KEY_UNIT, 0n);
      }
    },
    stop(): void {
      pipeline.setState(gst.State.NULL);
    },
  };
}
