import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { MediaPort, MediaPortEvent } from '../ports/media.ts';
import { createMediaCall, type OwnedMediaCall } from './call.ts';
import { type ForkMedia, forkMediaProcess } from './child.ts';
import type { MediaSetup } from './setup.ts';

export type MediaSupervisorDeps = {
  setup: MediaSetup;
  clock: Clock;
  log: Logger;
  /** Tests and the simulator without media give their own. */
  fork?: ForkMedia;
  /** False: every call begins with a new process (the cold case of the bench). */
  isSpareKept: boolean;
  /** The machine's network addresses, as one text: a spare that gathered candidates on others is of no use. */
  addresses(): string;
};

/** A call that has just connected wants the processor for itself: the next spare waits this long. */
const spareAfterConnectMs = 1_500;
const addressesCheckedEveryMs = 5_000;
const longestSpareDelayMs = 30_000;

/**
 * Gives out media processes, one for each call, and keeps one warm spare. It does not restart a call's process: it tells
 * that it died, and the agent, which owns signalling, takes another.
 */
export function createMediaSupervisor(deps: MediaSupervisorDeps): MediaPort {
  const { setup, clock, log, isSpareKept, addresses, fork = forkMediaProcess } = deps;
  const closing = new AbortController();
  const listeners = new Set<(event: MediaPortEvent) => void>();
  const calls = new Set<OwnedMediaCall>();
  /** Calls that were handed over and do not publish yet. */
  const connecting = new Set<OwnedMediaCall>();
  let spare: { call: OwnedMediaCall; addresses: string } | null = null;
  let newest: OwnedMediaCall | null = null;
  let isSparePlanned = false;
  let isInputShown = false;
  let failures = 0;

  const emit = (event: MediaPortEvent) => {
    for (const listener of [...listeners]) listener(event);
  };

  function start(role: 'spare' | 'call'): OwnedMediaCall {
    const startedAtMs = clock.monotonicMs();
    const call = createMediaCall({
      fork,
      setup,
      clock,
      onReady: () => {
        failures = 0;
        log.info(
          { pid: call.pid, role, startMs: Math.round(clock.monotonicMs() - startedAtMs) },
          'media process ready',
        );
        if (spare?.call === call) emit({ type: 'spare', isReady: true });
      },
      onPictures: () => emit({ type: 'pictures' }),
      onInput: (isPluggedIn) => emit({ type: 'input', isPluggedIn }),
    });
    call.onEvent((event) => {
      if (event.type === 'error') log.warn({ pid: call.pid, code: event.code, detail: event.detail }, 'media fault');
      if (event.type === 'died') onDied(call, event.reason, event.detail);
      if (event.type === 'peripheral' && spare?.call === call) emit(event);
      if (event.type === 'connection' && event.connection === 'publish' && event.state === 'connected') {
        connecting.delete(call);
        planSpare(spareAfterConnectMs);
      }
    });
    return call;
  }

  function onDied(call: OwnedMediaCall, reason: string, detail: string): void {
    log.warn({ pid: call.pid, reason, detail }, 'media process died');
    calls.delete(call);
    connecting.delete(call);
    if (spare?.call !== call) return;
    spare = null;
    failures += 1;
    emit({ type: 'spare', isReady: false });
    planSpare(Math.min(250 * 2 ** failures, longestSpareDelayMs));
  }

  /**
   * Makes the next spare after `delayMs`, unless there is one by then or another plan is running. While a call is still
   * connecting it is not made: that call plans one when it is connected, and until then needs the processor.
   */
  function planSpare(delayMs: number): void {
    if (!isSpareKept || isSparePlanned || spare || closing.signal.aborted) return;
    isSparePlanned = true;
    clock.sleep(delayMs, { signal: closing.signal }).then(
      () => {
        isSparePlanned = false;
        if (spare || connecting.size > 0) return;
        spare = { call: start('spare'), addresses: addresses() };
        if (isInputShown) spare.call.showInput('');
      },
      () => {},
    );
  }

  async function watchAddresses(): Promise<void> {
    while (!closing.signal.aborted) {
      await clock.sleep(addressesCheckedEveryMs, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted || !spare || spare.addresses === addresses()) continue;
      log.info('network addresses changed, making a new spare media process');
      await replaceSpare(spare.call);
    }
  }

  async function replaceSpare(old: OwnedMediaCall): Promise<void> {
    spare = null;
    emit({ type: 'spare', isReady: false });
    await old[Symbol.asyncDispose]();
    planSpare(0);
  }

  planSpare(0);
  if (isSpareKept) void watchAddresses();

  return {
    get isSpareReady() {
      return spare?.call.isReady ?? false;
    },
    pictureFile(of) {
      const shown = isInputShown && spare ? spare.call : newest;
      return shown && !shown.isOver ? shown.pictureFile(of) : null;
    },
    take({ media, caption }) {
      if (spare && spare.addresses !== addresses()) void spare.call[Symbol.asyncDispose]();
      const kept = spare && spare.addresses === addresses() ? spare.call : null;
      if (spare) emit({ type: 'spare', isReady: false });
      spare = null;
      const call = kept ?? start('call');
      calls.add(call);
      connecting.add(call);
      newest = call;
      if (isInputShown) call.showInput(null);
      call.setMedia(media);
      call.setCaption(caption);
      const dispose = call[Symbol.asyncDispose];
      return Object.assign(call, {
        async [Symbol.asyncDispose]() {
          await dispose();
          calls.delete(call);
          connecting.delete(call);
          planSpare(0);
        },
      });
    },
    showInput(isShown) {
      if (isShown === isInputShown) return;
      isInputShown = isShown;
      if (!spare) return;
      if (isShown) spare.call.showInput('');
      // A display that was opened is closed by ending its process: the next spare is as idle as this one was.
      else replaceSpare(spare.call).catch((cause: unknown) => log.error({ err: cause }, 'spare not replaced'));
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      const all = [...calls, ...(spare ? [spare.call] : [])];
      spare = null;
      await Promise.all(all.map((call) => call[Symbol.asyncDispose]()));
      listeners.clear();
    },
  };
}
