import { loadGstreamer } from './gst.ts';
import { type FromMedia, heartbeatEveryMs, type ToMedia, toMedia } from './ipc.ts';
import { createSession, type Session } from './session.ts';

const tickEveryMs = 20;
/** An idle spare looks less often: it has next to nothing to see. */
const idleTickEveryMs = 100;

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

/**
 * What a media process does: one call's pictures and sound, forked by the agent and killed by it without warning. It
 * keeps nothing on disk and reads no environment; everything it knows came over IPC.
 */
export function runMedia({ exit }: { exit(code: number): void }): void {
  let session: Session | null = null;
  let isOpen = false;
  let heartbeatAtMs = 0;

  const send = (message: FromMedia) => {
    // Nobody is left to hear it once the channel is gone; `disconnect` below ends the process then.
    if (process.connected) process.send?.(message, undefined, undefined, () => {});
    if (message.type === 'error' && message.isFatal) end(1);
  };

  function end(code: number): void {
    session = null;
    // Ending without tearing pipelines down is safe and cannot hang: the kernel takes everything back. A short delay
    // lets the last messages leave.
    setTimeout(() => exit(code), 5);
  }

  function receive(raw: unknown): void {
    const parsed = toMedia.safeParse(raw);
    if (!parsed.success) {
      send({ type: 'error', code: 'message_invalid', detail: parsed.error.message, isFatal: false });
      return;
    }
    follow(parsed.data);
  }

  function follow(message: ToMedia): void {
    switch (message.type) {
      case 'configure':
        session = createSession({ gstreamer: loadGstreamer(), setup: message.setup, send, monotonicMs });
        send({ type: 'ready' });
        return;
      case 'stop':
        session?.stop();
        end(0);
        return;
      case 'open':
        isOpen = true;
        break;
    }
    session?.follow(message);
  }

  function tick(): void {
    const nowMs = monotonicMs();
    session?.tick(nowMs);
    if (nowMs - heartbeatAtMs >= heartbeatEveryMs) {
      heartbeatAtMs = nowMs;
      send({ type: 'heartbeat' });
    }
    setTimeout(tick, isOpen ? tickEveryMs : idleTickEveryMs);
  }

  // What GStreamer refuses leaves pipelines half built: the agent gets a reason and takes another process.
  process.on('uncaughtException', (cause) =>
    send({ type: 'error', code: 'pipeline_failed', detail: `${cause.message}\n${cause.stack}`, isFatal: true }),
  );
  process.on('message', receive);
  process.on('disconnect', () => exit(0));
  // Ctrl-C in a terminal goes to the whole group; the agent decides when a call ends.
  process.on('SIGINT', () => {});
  tick();
}
