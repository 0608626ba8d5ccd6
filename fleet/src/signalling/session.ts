import {
  type ByeReason,
  type ClientMessage,
  pingEveryMs,
  type ServerMessage,
} from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { RawData, WebSocket } from 'ws';
import { fullBudget, isSpent, pay } from './frame-budget.ts';
import { errorMessage, type FrameFault, parseFrame } from './frames.ts';
import { closeWithinMs, maxDroppedFrames, maxUnsentBytes, missedPings } from './limits.ts';
import type { SignallingPeer } from './ports.ts';

/** One WebSocket of a client: frames in and out, faults answered, floods cut, silence noticed. It knows no meetings. */
export interface Session {
  readonly peer: SignallingPeer;
  isOpen(): boolean;
  send(message: ServerMessage): void;
  /** The same with a message that was written for many. */
  sendFrame(frame: string): void;
  fault(fault: FrameFault): void;
  /** Says goodbye and closes; nothing that the client still sends is heard. */
  bye(reason: ByeReason): void;
  /** The same for somebody whose stay a host ended, who may come back. */
  hangUp(): void;
  /** Cuts the socket without a word. */
  cut(): void;
}

export type SessionDeps = {
  socket: WebSocket;
  peer: SignallingPeer;
  onMessage: (message: ClientMessage) => void;
  /** Called once, when the socket is gone or `bye` was said. */
  onEnd: () => void;
  onFault: (fault: FrameFault) => void;
  clock: Clock;
  log: Logger;
};

export function createSession({ socket, peer, onMessage, onEnd, onFault, clock, log }: SessionDeps): Session {
  const lifetime = new AbortController();
  let budget = fullBudget(clock.monotonicMs());
  let droppedFrames = 0;
  let unansweredPings = 0;

  function end(): void {
    if (lifetime.signal.aborted) return;
    lifetime.abort(new Error('session ended'));
    onEnd();
  }

  function cut(): void {
    socket.terminate();
    end();
  }

  function send(message: ServerMessage): void {
    sendFrame(JSON.stringify(message));
  }

  function close(bye: Extract<ServerMessage, { type: 'bye' }>): void {
    send(bye);
    socket.close(1000, bye.reason);
    end();
    const closed = new AbortController();
    socket.once('close', () => closed.abort());
    clock.sleep(closeWithinMs, { signal: closed.signal }).then(
      () => socket.terminate(),
      () => undefined, // Closed by the client in time.
    );
  }

  function sendFrame(frame: string): void {
    if (lifetime.signal.aborted || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > maxUnsentBytes) {
      log.warn({ peer: peer.kind }, 'signalling client reads too slowly');
      cut();
      return;
    }
    socket.send(frame);
  }

  function fault(given: FrameFault): void {
    onFault(given);
    send(errorMessage(given));
  }

  function onFrame(raw: RawData, isBinary: boolean): void {
    if (lifetime.signal.aborted) return;
    unansweredPings = 0;
    const nowMs = clock.monotonicMs();
    if (isSpent(budget, nowMs)) {
      drop();
      return;
    }
    const parsed = parseFrame(toBytes(raw), isBinary);
    const paid = pay(budget, parsed.ok ? parsed.message.type : null, nowMs);
    budget = paid.budget;
    if (!paid.isAllowed) {
      drop();
      return;
    }
    droppedFrames = 0;
    if (parsed.ok) onMessage(parsed.message);
    else fault(parsed.fault);
  }

  function drop(): void {
    droppedFrames += 1;
    const flood: FrameFault = { code: 'rate_limited', detail: '' };
    // One answer for each run of dropped frames: answering a flood frame by frame would be one more flood.
    if (droppedFrames === 1) fault(flood);
    else onFault(flood);
    if (droppedFrames <= maxDroppedFrames) return;
    log.warn({ peer: peer.kind }, 'signalling client floods');
    cut();
  }

  async function ping(): Promise<void> {
    for (;;) {
      await clock.sleep(pingEveryMs, { signal: lifetime.signal });
      if (unansweredPings >= missedPings) return cut();
      unansweredPings += 1;
      socket.ping();
    }
  }

  socket.on('message', onFrame);
  socket.on('pong', () => {
    unansweredPings = 0;
  });
  socket.on('close', end);
  socket.on('error', (error) => log.debug({ err: error }, 'signalling socket error')); // `close` follows.
  ping().catch(() => undefined); // Ends with the session.

  return {
    peer,
    isOpen: () => !lifetime.signal.aborted,
    send,
    sendFrame,
    fault,
    cut,
    bye: (reason) => close({ type: 'bye', reason }),
    hangUp: () => close({ type: 'bye', reason: 'removed', isHungUp: true }),
  };
}

function toBytes(raw: RawData): Uint8Array {
  if (Array.isArray(raw)) return Buffer.concat(raw);
  return raw instanceof ArrayBuffer ? new Uint8Array(raw) : raw;
}
