import { popBus } from './bus.ts';
import { rehearsalDescription } from './graph.ts';
import type { Gst, GstPipeline } from './gst.ts';

/**
 * A spare rehearses a call with a few small frames that it makes and throws away: codecs, fonts and the plugins of every
 * stage are loaded then, and not while somebody waits for the first picture.
 */
export function createRehearsal(gst: Gst) {
  let pipeline: GstPipeline | null = null;

  function stop(): void {
    pipeline?.setState(gst.State.NULL);
    pipeline = null;
  }

  return {
    start(): void {
      pipeline = gst.parseLaunch(rehearsalDescription());
      pipeline.setState(gst.State.PLAYING);
    },
    /** Ends the rehearsal when it is through. One that fails says nothing about the call: the call will say it itself. */
    tick(): void {
      if (pipeline && popBus(gst, pipeline.getBus()).some(({ type }) => type !== 'element')) stop();
    },
    stop,
  };
}
